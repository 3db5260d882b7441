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
  // a public key grants nothing but ingestion, whatever an earlier version stored with it
  const granted = isPageKey(token) ? token.scopes.filter((scope) => scope === 'ingest') : token.scopes;
  return granted.some((scope) => scope === 'admin' || required.includes(scope));
}

/** Whether anybody may know the token, because it stands in the pages of its origins. */
export function isPageKey({ origins }: Pick<AccessToken, 'origins'>): boolean {
  return origins.length > 0;
}

/**
 * Limits that a feedback event must respect besides its schema.
 * @example
 * const rules: IntakeRules = { ...defaultIntakeRules, unknownModel: 'flag' };
 */
export interface IntakeRules {
  /** How many seconds in the future an event may be dated, to tolerate clock skew. */
  readonly maxSkewSeconds: number;
  /** Maximum age of an event in days; older dates indicate a wrong clock or unit. */
  readonly maxAgeDays: number;
  /** Maximum length of a comment or survey answer, in UTF-16 units. */
  readonly maxCommentLength: number;
  /** Maximum length of a query, response or correction, in UTF-16 units. */
  readonly maxTextLength: number;
  /** Maximum total length of all keys and texts of an event, in UTF-16 units. */
  readonly maxEventLength: number;
  /** Known model versions; null accepts every version. */
  readonly modelVersions: readonly string[] | null;
  /** Events of other versions are refused, or accepted and marked `unknown_model`. */
  readonly unknownModel: 'refuse' | 'flag';
}

/**
 * The rules without an `intake` section.
 * @example
 * const rules = { ...defaultIntakeRules, maxAgeDays: 30, modelVersions: ['assistant-7'] };
 */
export const defaultIntakeRules: IntakeRules = {
  maxSkewSeconds: 300,
  maxAgeDays: 3650,
  maxCommentLength: 20_000,
  maxTextLength: 400_000,
  maxEventLength: 1_000_000,
  modelVersions: null,
  unknownModel: 'refuse',
};
