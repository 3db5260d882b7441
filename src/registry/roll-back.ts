import type { ModelRegistry } from '../ports/model-registry.ts';
import { type Author, changeModel, unknownModel } from './change-model.ts';
import type { ModelVersion } from './model-state.ts';
import { archive } from './promote-version.ts';
import { RegistryError } from './registry-error.ts';

export interface Rollback {
  readonly from: ModelVersion;
  readonly to: ModelVersion;
}

/**
 * Brings back the version that served before; again, the one before that. Needs no gate: it served already.
 * @param expected the version in production that is to go, where the caller knows it: two who roll back at once then
 * take one step, not two
 * @throws RegistryError when nothing served before
 */
export async function rollBack(
  registry: ModelRegistry,
  model: string,
  { reason, expected }: { readonly reason: string; readonly expected?: string | undefined },
  author: Author,
): Promise<Rollback> {
  if (reason.trim() === '') throw new RegistryError('a rollback needs a reason');
  let rollback: Rollback | undefined;
  let seen = expected;
  await changeModel(registry, model, author, (state) => {
    const { production, previous } = state;
    if (state.versions.length === 0) throw unknownModel(model);
    seen ??= production?.version;
    if (production !== null && production.version !== seen) {
      throw new RegistryError(`version ${production.version} of "${model}" is in production, not ${seen}`, {
        hint: 'somebody else was first: see quorate models show',
      });
    }
    if (production === null || previous === null) {
      const served = production === null ? 'none is' : `version ${production.version} is the first that was`;
      throw new RegistryError(`"${model}" has no earlier version to go back to: ${served} in production`, {
        hint: 'promote another version instead',
      });
    }
    rollback = { from: production, to: previous };
    const basis = { kind: 'rollback' } as const;
    return [
      archive(production, previous.version, reason),
      { kind: 'moved', version: previous.version, from: previous.stage, to: 'production', basis, reason },
    ];
  });
  return rollback!;
}
