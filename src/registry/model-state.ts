import type { ModelStage, RegistryChange, RegistryEntry } from '../domain/model-version.ts';

type Entry<K extends RegistryChange['kind']> = Extract<RegistryEntry, { readonly kind: K }>;
export type GateEntry = Entry<'gated'>;
export type MoveEntry = Entry<'moved'>;

/** A version as its history leaves it. */
export interface ModelVersion extends Omit<Entry<'registered'>, 'kind' | 'revision'> {
  readonly stage: ModelStage;
  /** RFC 3339: when it came to its stage. */
  readonly stage_since: string;
  readonly gates: readonly GateEntry[];
  /** Every change of stage with who and why. */
  readonly moves: readonly MoveEntry[];
}

export interface ModelState {
  readonly model: string;
  /** Length of the history: what a change is decided on. */
  readonly revision: number;
  /** In the order of registration. */
  readonly versions: readonly ModelVersion[];
  readonly production: ModelVersion | null;
  /** Where a rollback leads: the version that served before, rollbacks taken back. */
  readonly previous: ModelVersion | null;
}

/** What a model's history comes to. */
export function modelState(model: string, history: readonly RegistryEntry[]): ModelState {
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
