import { checkArgument } from '../domain/check-argument.ts';
import { type ErrorOptionsWithHint, hasCode, QuorateError } from '../domain/errors.ts';
import type { RegistryChange } from '../domain/model-version.ts';
import type { Clock } from '../ports/clock.ts';
import type { ModelRegistry } from '../ports/model-registry.ts';
import { type ModelState, type ModelVersion, modelState } from './model-state.ts';

/** The user or process that makes a change. */
export interface Author {
  /** Name recorded in the history. */
  readonly by: string;
  readonly clock: Clock;
}

const attempts = 20;

/** Optimistic concurrency: decides on the current state and writes only if the revision has not changed since. If another
 * process changed the model, `decide` runs again on the new state. Of two concurrent promotions, the second therefore sees
 * the first one's version in production.
 * @param decide the changes for a state, empty to leave it as it is; throws if a change is not allowed
 * @throws RegistryError if the model keeps changing
 */
export async function changeModel(
  registry: ModelRegistry,
  model: string,
  author: Author,
  decide: (state: ModelState) => readonly RegistryChange[],
): Promise<ModelState> {
  checkArgument('registry', registry, { history: 'function', append: 'function' });
  checkArgument('model', model, 'name');
  checkArgument('author', author, { by: 'name', clock: { now: 'function' } });
  const { by, clock } = author;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const state = modelState(model, await registry.history(model));
    const changes = decide(state);
    if (changes.length === 0) return state;
    const at = new Date(clock.now()).toISOString();
    if (await registry.append(model, state.revision, changes, { by, at }))
      return modelState(model, await registry.history(model));
  }
  throw new RegistryError(`"${model}" changed ${attempts} times while this change was being decided`, {
    hint: 'check which process changes it (quorate models show), then try again',
  });
}

/** The version with this number. @throws RegistryError listing the known versions */
export function knownVersion(state: ModelState, version: string): ModelVersion {
  const found = state.versions.find((candidate) => candidate.version === version);
  if (found !== undefined) return found;
  if (state.versions.length === 0) throw unknownModel(state.model);
  throw new RegistryError(`"${state.model}" has no version ${version}`, {
    hint: `versions: ${state.versions.map((known) => known.version).join(', ')}`,
  });
}

/** The error for a model that is not registered. */
export function unknownModel(model: string): RegistryError {
  return new RegistryError(`there is no model "${model}" in the registry`, {
    hint: 'quorate models list shows them; quorate models register adds one',
  });
}

/**
 * An invalid registry request (exit code 2): unknown model or version, wrong stage, concurrent change.
 * @example
 * import { openSqliteRegistry } from 'quorate/stores';
 * const author = { by: 'ann', clock: { now: Date.now, sleep: async () => {} } };
 * try {
 *   await rollBack(openSqliteRegistry('registry.db'), 'assistant', { reason: 'complaints doubled' }, author);
 * } catch (error) {
 *   if (RegistryError.isInstance(error)) console.error(error.message, error.hint);
 * }
 */
export class RegistryError extends QuorateError {
  constructor(message: string, options: ErrorOptionsWithHint = {}) {
    super('registry', message, options);
  }

  static override isInstance(value: unknown): value is RegistryError {
    return hasCode(value, 'registry');
  }
}
