/** What is wrong with a response in the eyes of somebody. */
export const failureCategories = [
  'accuracy',
  'safety',
  'format',
  'relevance',
  'coverage',
  'style',
  'other',
] as const;

export type FailureCategory = (typeof failureCategories)[number];

/** How an event was read. */
export interface EventReading {
  readonly category: FailureCategory;
  /** P(the category is right), in (0, 1]. */
  readonly confidence: number;
  /** It asks for something new instead of naming a failure. */
  readonly request: boolean;
  /** What it was read from: a flag, a comment, what a correction changed, asking again, or a judge. */
  readonly from: 'flag' | 'comment' | 'correction' | 'retry' | 'judge' | 'nothing';
}
