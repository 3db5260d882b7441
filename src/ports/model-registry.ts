import type { RegistryChange, RegistryEntry } from '../domain/model-version.ts';

/** Who made a change, and when. */
export interface Signature {
  readonly by: string;
  /** RFC 3339, UTC. */
  readonly at: string;
}

/**
 * An append-only history per model. The state of a version is derived from the history (src/registry), so every
 * implementation decides alike. All methods throw StoreError when the store is unusable.
 *
 * To keep versions in your own system, implement this interface.
 * @example
 * const registry: ModelRegistry = openSqliteRegistry('registry.db');
 * const history = await registry.history('support-bot');
 * const changes = [{ kind: 'registered', version: '1', artefact: 'weights/1', served_as: 'bot-1', lineage: {}, metrics: {} }] as const;
 * const saved = await registry.append('support-bot', history.length, changes, { by: 'ci', at: new Date().toISOString() });
 * if (!saved) console.error('the model changed concurrently: decide again');
 */
export interface ModelRegistry {
  readonly location: string;
  /** Names in alphabetical order. */
  models(): Promise<readonly string[]>;
  /** Oldest first; empty for an unknown model. */
  history(model: string): Promise<readonly RegistryEntry[]>;
  /**
   * Appends all changes atomically, if the history still has `revision` entries.
   * @returns false when the model changed concurrently: read again and decide again
   */
  append(
    model: string,
    revision: number,
    changes: readonly RegistryChange[],
    signature: Signature,
  ): Promise<boolean>;
  close(): Promise<void>;
}
