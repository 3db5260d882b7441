import { checkArgument } from '../domain/check-argument.ts';
import type { ModelRegistry } from '../ports/model-registry.ts';
import { type Author, changeModel, RegistryError, unknownModel } from './change-model.ts';
import type { ModelVersion } from './model-state.ts';
import { archive } from './promote-version.ts';

/** The versions before and after a rollback. */
export interface Rollback {
  readonly from: ModelVersion;
  readonly to: ModelVersion;
}

/**
 * Rolls back to the previous production version; a second call goes back one version further. It needs no gate, since that
 * version was in production before.
 * @param expected the version that should leave production, if the caller knows it: two concurrent rollbacks then take one step
 * @throws RegistryError if there is no previous version
 * @example
 * import { openSqliteRegistry } from 'quorate/stores';
 * const registry = openSqliteRegistry('registry.db');
 * const author = { by: 'ann', clock: { now: Date.now, sleep: async () => {} } };
 * const { from, to } = await rollBack(registry, 'assistant', { reason: 'complaints doubled' }, author);
 */
export async function rollBack(
  registry: ModelRegistry,
  model: string,
  request: { readonly reason: string; readonly expected?: string | undefined },
  author: Author,
): Promise<Rollback> {
  checkArgument('request', request, { reason: 'string', expected: 'name?' });
  const { reason, expected } = request;
  if (reason.trim() === '') throw new RegistryError('a rollback needs a reason');
  let rollback: Rollback | undefined;
  let seen = expected;
  await changeModel(registry, model, author, (state) => {
    const { production, previous } = state;
    if (state.versions.length === 0) throw unknownModel(model);
    seen ??= production?.version;
    if (production !== null && production.version !== seen) {
      throw new RegistryError(
        `"${model}" changed concurrently: version ${production.version} is in production, not ${seen}`,
        {
          hint: 'check the new state: quorate models show',
        },
      );
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
