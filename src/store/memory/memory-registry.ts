import type { RegistryChange, RegistryEntry } from '../../domain/model-version.ts';
import type { ModelRegistry, Signature } from '../../ports/model-registry.ts';

/**
 * A registry in memory. Share the map to reopen the same registry.
 * @example
 * const registry = new MemoryRegistry();
 * console.log(await registry.models()); // []
 */
export class MemoryRegistry implements ModelRegistry {
  readonly location = 'memory';
  readonly #histories: Map<string, readonly RegistryEntry[]>;

  constructor(histories: Map<string, readonly RegistryEntry[]> = new Map()) {
    this.#histories = histories;
  }

  async models(): Promise<readonly string[]> {
    return [...this.#histories.keys()].sort();
  }

  async history(model: string): Promise<readonly RegistryEntry[]> {
    return this.#histories.get(model) ?? [];
  }

  async append(
    model: string,
    revision: number,
    changes: readonly RegistryChange[],
    signature: Signature,
  ): Promise<boolean> {
    const history = this.#histories.get(model) ?? [];
    if (history.length !== revision) return false;
    const entries = changes.map((change, index) => ({
      ...structuredClone(change),
      ...signature,
      revision: revision + index + 1,
    }));
    this.#histories.set(model, [...history, ...entries]);
    return true;
  }

  async close(): Promise<void> {}
}
