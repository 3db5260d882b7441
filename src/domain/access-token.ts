/** What a token opens. `admin` opens everything. */
export const scopes = ['ingest', 'annotate', 'read', 'admin'] as const;

export type Scope = (typeof scopes)[number];

/** A key to the server as it is kept: never the secret itself. */
export interface AccessToken {
  /** Its public name, also its first characters. */
  readonly id: string;
  readonly name?: string;
  readonly scopes: readonly Scope[];
  /** Web origins whose pages may use it; a token without any is of no use to a page elsewhere. */
  readonly origins: readonly string[];
  /** Feedback events and interactions a minute; null is no limit. */
  readonly eventsPerMinute: number | null;
  /** Authors count only with the signature that the application's own server made. */
  readonly signedAuthors: boolean;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  readonly revokedAt?: string;
}

/** Whether the token opens at least one of these scopes. */
export function opens(token: AccessToken, wanted: readonly Scope[]): boolean {
  return token.scopes.some((scope) => scope === 'admin' || wanted.includes(scope));
}
