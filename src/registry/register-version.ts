import { checkArgument } from '../domain/check-argument.ts';
import type { VersionDraft } from '../domain/model-version.ts';
import type { ModelRegistry } from '../ports/model-registry.ts';
import { type Author, changeModel, RegistryError } from './change-model.ts';
import type { ModelVersion } from './model-state.ts';

const namePattern = /^[\w.@/+-]{1,128}$/;

/**
 * Registers a candidate under the next version number of its model. Idempotent by `key`: the same key returns the version
 * that has it.
 * @throws RegistryError for an invalid name, or a `served_as` that another version has
 * @example
 * import { MemoryRegistry } from 'quorate/stores';
 * const registry = new MemoryRegistry();
 * const author = { by: 'ann', clock: { now: Date.now, sleep: async () => {} } };
 * const draft = { artefact: 'weights/8', lineage: { base_model: 'base-7b' }, metrics: { win_rate: 0.58 } };
 * const { version, stage } = await registerVersion(registry, 'assistant', draft, author);
 */
export async function registerVersion(
  registry: ModelRegistry,
  model: string,
  draft: VersionDraft,
  author: Author,
): Promise<ModelVersion> {
  checkArgument('model', model, 'string');
  checkArgument('draft', draft, { artefact: 'name', lineage: 'object', metrics: 'object' });
  if (!namePattern.test(model)) {
    throw new RegistryError(`"${model}" is not a valid model name`, {
      hint: 'use up to 128 letters, digits and . _ - / @ +',
    });
  }
  const keyed = (version: ModelVersion) => draft.key !== undefined && version.key === draft.key;
  let wanted = '';
  const state = await changeModel(registry, model, author, ({ versions }) => {
    const same = versions.find(keyed);
    wanted = same?.version ?? String(versions.length + 1);
    if (same !== undefined) return [];
    const servedAs = draft.served_as ?? `${model}:${wanted}`;
    const taken = versions.find((version) => version.served_as === servedAs);
    if (taken !== undefined) {
      throw new RegistryError(`version ${taken.version} of "${model}" is already served as "${servedAs}"`, {
        hint: 'feedback could not distinguish the two: choose another --served-as',
      });
    }
    return [{ kind: 'registered', version: wanted, ...draft, served_as: servedAs }];
  });
  return state.versions.find(({ version }) => version === wanted)!;
}
