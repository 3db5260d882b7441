import type { RegistryChange, RegistryEntry } from '../domain/model-version.ts';

/** Who changes something, and when. */
export interface Signature {
  readonly by: string;
  /** RFC 3339, UTC. */
  readonly at: string;
}

/**
 * The memory of models: one history a model that only grows. What a version is and where it stands follows from the
 * history (src/gate/registry), so every registry, however it stores, decides alike. All methods throw StoreError.
 */
export interface ModelRegistry {
  readonly location: string;
  /** Names in alphabetical order. */
  models(): Promise<readonly string[]>;
  /** Oldest first; empty for a model that nobody registered. */
  history(model: string): Promise<readonly RegistryEntry[]>;
  /**
   * Adds all changes or none, if the history still has `revision` entries.
   * @returns false when somebody else changed the model since: read again and decide again.
   */
  append(
    model: string,
    revision: number,
    changes: readonly RegistryChange[],
    signature: Signature,
  ): Promise<boolean>;
  close(): Promise<void>;
}
