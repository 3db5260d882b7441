import type { AccessToken } from '../domain/access-token.ts';

export interface StoredToken {
  readonly token: AccessToken;
  /** SHA-256 of the whole token, 64 hexadecimal digits. */
  readonly hash: string;
}

/** Where the server's tokens are kept, as hashes. All methods throw StoreError when the store cannot be used. */
export interface TokenStore {
  add(stored: StoredToken): Promise<void>;
  /** Revoked ones too. */
  find(id: string): Promise<StoredToken | undefined>;
  /** In order of creation, revoked ones too. */
  list(): Promise<readonly AccessToken[]>;
  /** @returns false when there is no such token, or it was revoked before. */
  revoke(id: string, at: string): Promise<boolean>;
  close(): Promise<void>;
}
