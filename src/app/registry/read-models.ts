import type { GateEvidence, RegistryEntry } from '../../domain/model-version.ts';
import { knownVersion, unknownModel } from '../../registry/change-model.ts';
import { diffVersions, type FieldChange } from '../../registry/diff-versions.ts';
import { type ModelState, type ModelVersion, modelState } from '../../registry/model-state.ts';
import { withRegistry } from './with-registry.ts';

/** Every model of a registry file with its versions. */
export function listModels(file: string): Promise<readonly ModelState[]> {
  return withRegistry(file, async (registry) => {
    const states: ModelState[] = [];
    for (const model of await registry.models())
      states.push(modelState(model, await registry.history(model)));
    return states;
  });
}

export interface ShownModel {
  readonly state: ModelState;
  /** Null where no version was asked for. */
  readonly version: ModelVersion | null;
  /** Of the version, or of the whole model. */
  readonly history: readonly RegistryEntry[];
}

/** A model, or one of its versions, with its history. @throws RegistryError for an unknown one */
export function showModel(file: string, model: string, wanted?: string): Promise<ShownModel> {
  return withRegistry(file, async (registry) => {
    const history = await registry.history(model);
    const state = modelState(model, history);
    if (history.length === 0) throw unknownModel(model);
    const version = wanted === undefined ? null : knownVersion(state, wanted);
    const shown = history.filter((entry) => version === null || entry.version === version.version);
    return { state, version, history: shown };
  });
}

export interface ModelDifference {
  readonly changes: readonly FieldChange[];
  /** The gates that compared the two. */
  readonly gates: readonly GateEvidence[];
}

/** What differs between two versions of a model. @throws RegistryError for an unknown one */
export function diffModels(
  file: string,
  model: string,
  [before, after]: readonly [string, string],
): Promise<ModelDifference> {
  return withRegistry(file, async (registry) => {
    const state = modelState(model, await registry.history(model));
    const changes = diffVersions(knownVersion(state, before), knownVersion(state, after));
    const gates = knownVersion(state, after).gates.filter(({ baseline }) => baseline === before);
    return { changes, gates };
  });
}
