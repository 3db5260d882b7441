/** The permissions that a token can grant. `admin` grants all of them. */
export const scopes = ['ingest', 'annotate', 'read', 'admin'] as const;

/** One permission of an access token. */
export type Scope = (typeof scopes)[number];

/** The stored part of a server access token, without its secret. */
export interface AccessToken {
  /** Public identifier: the first characters of the token. */
  readonly id: string;
  readonly name?: string;
  readonly scopes: readonly Scope[];
  /** Web origins whose pages may use the token; with an empty list no cross-origin page may. */
  readonly origins: readonly string[];
  /** Limit of feedback events and interactions per minute; null for no limit. */
  readonly eventsPerMinute: number | null;
  /** Accept authors only with a signature made by the application's own server. */
  readonly signedAuthors: boolean;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  readonly revokedAt?: string;
}

/** Whether the token grants at least one of these scopes. */
export function opens(token: AccessToken, required: readonly Scope[]): boolean {
  return token.scopes.some((scope) => scope === 'admin' || required.includes(scope));
}
