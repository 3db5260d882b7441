import type { Rule } from './rule.ts';

/** How a verdict is written by the judge; see judges/verdict for how each is read. */
export const verdictFormats = ['json', 'brackets', 'arena-hard', 'output-ab', 'result', 'rating'] as const;
export type VerdictFormat = (typeof verdictFormats)[number];

export const rubricModes = ['pairwise', 'pointwise', 'listwise'] as const;
export type RubricMode = (typeof rubricModes)[number];

/** One thing to judge by. */
export interface Criterion {
  readonly id: string;
  readonly description: string;
  /** Relative importance; weights are normalised over the criteria that apply. */
  readonly weight: number;
  /** What a score looks like, by score (as text). */
  readonly anchors?: Readonly<Record<string, string>>;
  /** Applies to items of these categories only; absent means all. */
  readonly categories?: readonly string[];
}

/** What judges are asked, as data: the content of a rubric file. */
export interface Rubric {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly description: string;
  readonly mode: RubricMode;
  /** Lowest and highest score, inclusive; for pointwise judging. */
  readonly scale: readonly [min: number, max: number];
  readonly criteria: readonly Criterion[];
  /** `required`: items without a reference are not judged; `optional`: shown where there is one. */
  readonly reference: 'none' | 'optional' | 'required';
  /** Reason before the verdict, at most this many words; null asks for the verdict alone. */
  readonly reasoning: { readonly maxWords: number } | null;
  readonly ties: boolean;
  readonly verdict: VerdictFormat;
  /** `each` asks once per criterion, `overall` once for all of them together (pointwise). */
  readonly ask: 'each' | 'overall';
  /** Sentences put before the criteria. */
  readonly instructions?: string;
  /** Checks without a model that belong to the rubric; in a job they join its own `rules`. */
  readonly rules?: readonly Rule[];
}
