import type { AccessToken } from '../../domain/intake.ts';
import type { StoredToken, TokenStore } from '../../ports/token-store.ts';

/**
 * A token store in memory: for tests and embedded servers.
 * @example
 * const tokens = new MemoryTokenStore();
 * console.log(await tokens.list()); // []
 */
export class MemoryTokenStore implements TokenStore {
  readonly #tokens = new Map<string, StoredToken>();

  async add(stored: StoredToken): Promise<void> {
    this.#tokens.set(stored.token.id, stored);
  }

  async find(id: string): Promise<StoredToken | undefined> {
    return this.#tokens.get(id);
  }

  async list(): Promise<readonly AccessToken[]> {
    return [...this.#tokens.values()].map(({ token }) => token);
  }

  async revoke(id: string, at: string): Promise<boolean> {
    const stored = this.#tokens.get(id);
    if (stored === undefined || stored.token.revokedAt !== undefined) return false;
    this.#tokens.set(id, { ...stored, token: { ...stored.token, revokedAt: at } });
    return true;
  }

  async close(): Promise<void> {}
}
