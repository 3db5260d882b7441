import type { AccessToken } from '../domain/intake.ts';

/** An access token as stored: its secret only as a hash. */
export interface StoredToken {
  readonly token: AccessToken;
  /** SHA-256 of the whole token, 64 hexadecimal digits. */
  readonly hash: string;
}

/**
 * The server's access tokens, stored as hashes. All methods throw StoreError when the store is unusable.
 * @example
 * const tokens: TokenStore = new MemoryTokenStore();
 * const active = (await tokens.list()).filter(({ revokedAt }) => revokedAt === undefined);
 */
export interface TokenStore {
  add(stored: StoredToken): Promise<void>;
  /** Includes revoked tokens; undefined if the id is unknown. */
  find(id: string): Promise<StoredToken | undefined>;
  /** In order of creation, including revoked tokens. */
  list(): Promise<readonly AccessToken[]>;
  /** Revokes a token. @param at RFC 3339, UTC @returns false if it is unknown or already revoked */
  revoke(id: string, at: string): Promise<boolean>;
  close(): Promise<void>;
}
