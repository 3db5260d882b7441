import { checkArgument } from '../domain/check-argument.ts';
import type { ModelStage, RegistryChange, RegistryEntry } from '../domain/model-version.ts';

type Entry<K extends RegistryChange['kind']> = Extract<RegistryEntry, { readonly kind: K }>;
/** A recorded gate of a version. */
export type GateEntry = Entry<'gated'>;
/** A recorded change of stage. */
export type MoveEntry = Entry<'moved'>;

/** A version in its current state. */
export interface ModelVersion extends Omit<Entry<'registered'>, 'kind' | 'revision'> {
  readonly stage: ModelStage;
  /** RFC 3339: when it entered its stage. */
  readonly stage_since: string;
  readonly gates: readonly GateEntry[];
  /** Every change of stage, with author and reason. */
  readonly moves: readonly MoveEntry[];
}

/** A model in its current state. */
export interface ModelState {
  readonly model: string;
  /** Length of the history; a change is valid only for this revision. */
  readonly revision: number;
  /** In the order of registration. */
  readonly versions: readonly ModelVersion[];
  readonly production: ModelVersion | null;
  /** Target of a rollback: the version in production before this one, with earlier rollbacks undone. */
  readonly previous: ModelVersion | null;
}

/**
 * Folds a model's history into its current state.
 * @example
 * import { openSqliteRegistry } from 'quorate/stores';
 * const registry = openSqliteRegistry('registry.db');
 * const { production } = modelState('assistant', await registry.history('assistant'));
 */
export function modelState(model: string, history: readonly RegistryEntry[]): ModelState {
  checkArgument('history', history, 'list');
  for (const [index, entry] of history.entries())
    checkArgument(`history[${index}]`, entry, { kind: 'name', version: 'name' });
  const versions = new Map<string, ModelVersion>();
  const served: string[] = [];
  for (const entry of history) {
    if (entry.kind === 'registered') {
      const { kind: _kind, revision: _revision, ...rest } = entry;
      versions.set(entry.version, {
        ...rest,
        stage: 'candidate',
        stage_since: entry.at,
        gates: [],
        moves: [],
      });
      continue;
    }
    const version = versions.get(entry.version)!;
    if (entry.kind === 'gated') {
      versions.set(entry.version, { ...version, gates: [...version.gates, entry] });
      continue;
    }
    versions.set(entry.version, {
      ...version,
      stage: entry.to,
      stage_since: entry.at,
      moves: [...version.moves, entry],
    });
    if (entry.to !== 'production') continue;
    if (entry.basis.kind === 'rollback') served.pop();
    else served.push(entry.version);
  }
  const at = (depth: number) => versions.get(served.at(depth) ?? '') ?? null;
  return {
    model,
    revision: history.length,
    versions: [...versions.values()],
    production: at(-1),
    previous: at(-2),
  };
}
