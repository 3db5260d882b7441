/** Effect of a failed check: `veto` excludes the candidate, `penalty` is a vote against it, `info` is only reported. */
export const ruleSeverities = ['veto', 'penalty', 'info'] as const;
/**
 * One severity of a rule.
 * @example
 * const severity: RuleSeverity = 'veto';
 */
export type RuleSeverity = (typeof ruleSeverities)[number];

/** Names of the built-in word lists. */
export const lexiconLists = [
  'profanity',
  'slurs',
  'sexual',
  'violence',
  'self-harm',
  'weapons',
  'drugs',
] as const;

/**
 * A check without a model, with the effect of its failure. Which options a check has is declared beside the check
 * itself; a rule of a file has passed that schema.
 * @example
 * const rule: Rule = { check: 'length', id: 'short', severity: 'penalty', max: 200 };
 */
export interface Rule {
  /** Name of the check. */
  readonly check: string;
  readonly id: string;
  readonly severity: RuleSeverity;
  /** Applies to items of these categories only; absent means all. */
  readonly categories?: readonly string[] | undefined;
  /** Options of the check. */
  readonly [option: string]: unknown;
}
