import type { RegistryChange } from '../domain/model-version.ts';
import type { Clock } from '../ports/clock.ts';
import type { ModelRegistry } from '../ports/model-registry.ts';
import { type ModelState, type ModelVersion, modelState } from './model-state.ts';
import { RegistryError } from './registry-error.ts';

export interface Author {
  /** Who changes something: a name that others know. */
  readonly by: string;
  readonly clock: Clock;
}

const attempts = 20;

/**
 * Decides on what the registry says now and writes only if that is still so; when another process was first, decides
 * again on the new state. Of two who promote at once the second thus meets the first one's version in production.
 * @param decide the changes that follow from a state, none to leave it; throws what stands against it
 */
export async function changeModel(
  registry: ModelRegistry,
  model: string,
  { by, clock }: Author,
  decide: (state: ModelState) => readonly RegistryChange[],
): Promise<ModelState> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const state = modelState(model, await registry.history(model));
    const changes = decide(state);
    if (changes.length === 0) return state;
    const at = new Date(clock.now()).toISOString();
    if (await registry.append(model, state.revision, changes, { by, at }))
      return modelState(model, await registry.history(model));
  }
  throw new RegistryError(`"${model}" changed ${attempts} times while this change was decided`, {
    hint: 'see who changes it (quorate models show), then try again',
  });
}

/** @throws RegistryError naming what there is instead */
export function knownVersion(state: ModelState, version: string): ModelVersion {
  const found = state.versions.find((candidate) => candidate.version === version);
  if (found !== undefined) return found;
  if (state.versions.length === 0) throw unknownModel(state.model);
  throw new RegistryError(`"${state.model}" has no version ${version}`, {
    hint: `versions: ${state.versions.map((known) => known.version).join(', ')}`,
  });
}

export function unknownModel(model: string): RegistryError {
  return new RegistryError(`there is no model "${model}" in the registry`, {
    hint: 'quorate models list shows them; quorate models register adds one',
  });
}
