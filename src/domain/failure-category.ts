/** What a user found wrong with a response. */
export const failureCategories = [
  'accuracy',
  'safety',
  'format',
  'relevance',
  'coverage',
  'style',
  'other',
] as const;

/** One failure category. */
export type FailureCategory = (typeof failureCategories)[number];

/** The classification of a feedback event. */
export interface EventReading {
  readonly category: FailureCategory;
  /** P(the category is right), in (0, 1]. */
  readonly confidence: number;
  /** The event requests a feature instead of reporting a failure. */
  readonly request: boolean;
  /** The evidence: a flag, a comment, the change made by a correction, a retry, or a judge. */
  readonly from: 'flag' | 'comment' | 'correction' | 'retry' | 'judge' | 'nothing';
}
