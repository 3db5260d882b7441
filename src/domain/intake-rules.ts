/** Limits that a feedback event must respect besides its schema. */
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

/** The rules without an `intake` section. */
export const defaultIntakeRules: IntakeRules = {
  maxSkewSeconds: 300,
  maxAgeDays: 3650,
  maxCommentLength: 20_000,
  maxTextLength: 400_000,
  maxEventLength: 1_000_000,
  modelVersions: null,
  unknownModel: 'refuse',
};
