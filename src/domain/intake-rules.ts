/** What a feedback event must keep to besides its shape. */
export interface IntakeRules {
  /** How far in the future an event may lie: clocks differ. */
  readonly maxSkewSeconds: number;
  /** Older events are mistakes of a clock or a unit. */
  readonly maxAgeDays: number;
  /** Longest comment or survey answer, in UTF-16 units. */
  readonly maxCommentLength: number;
  /** Longest query, response or correction, in UTF-16 units. */
  readonly maxTextLength: number;
  /** All keys and texts of an event together, in UTF-16 units. */
  readonly maxEventLength: number;
  /** null: every version is taken. */
  readonly modelVersions: readonly string[] | null;
  /** What happens to an event of another version: refused, or taken and marked `unknown_model`. */
  readonly unknownModel: 'refuse' | 'flag';
}

export const defaultIntakeRules: IntakeRules = {
  maxSkewSeconds: 300,
  maxAgeDays: 3650,
  maxCommentLength: 20_000,
  maxTextLength: 400_000,
  maxEventLength: 1_000_000,
  modelVersions: null,
  unknownModel: 'refuse',
};
