import type { Rule } from './rule.ts';

/** The formats in which a judge writes its verdict; src/raters/llm/verdict parses each of them. */
export const verdictFormats = ['json', 'brackets', 'arena-hard', 'output-ab', 'result', 'rating'] as const;
/** One format of a verdict. */
export type VerdictFormat = (typeof verdictFormats)[number];

/** Compare two responses, score one, or rank several. */
export const rubricModes = ['pairwise', 'pointwise', 'listwise'] as const;
/** One mode of judging. */
export type RubricMode = (typeof rubricModes)[number];

/**
 * One criterion of a rubric.
 * @example
 * const criterion: Criterion = { id: 'accuracy', description: 'States only what is true.', weight: 2 };
 */
export interface Criterion {
  readonly id: string;
  readonly description: string;
  /** Relative importance; weights are normalised over the criteria that apply. */
  readonly weight: number;
  /** Descriptions of score levels, keyed by the score as text. */
  readonly anchors?: Readonly<Record<string, string>>;
  /** Applies to items of these categories only; absent means all. */
  readonly categories?: readonly string[];
}

/**
 * The instructions for a judge as data: the content of a rubric file.
 * @example
 * const { criteria, mode }: Rubric = await loadRubric('rubrics/helpfulness.yaml');
 */
export interface Rubric {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly description: string;
  readonly mode: RubricMode;
  /** Lowest and highest score, inclusive; for pointwise judging. */
  readonly scale: readonly [min: number, max: number];
  readonly criteria: readonly Criterion[];
  /** `required`: items without a reference are not judged; `optional`: the reference is shown if present. */
  readonly reference: 'none' | 'optional' | 'required';
  /** Reasoning before the verdict, with at most this many words; null asks for the verdict alone. */
  readonly reasoning: { readonly maxWords: number } | null;
  /** Whether the judge may answer that two responses are equally good. */
  readonly ties: boolean;
  readonly verdict: VerdictFormat;
  /** For pointwise judging: `each` asks once per criterion, `overall` once for all criteria. */
  readonly ask: 'each' | 'overall';
  /** Text placed before the criteria. */
  readonly instructions?: string;
  /** Checks without a model; in a job they are added to its own `rules`. */
  readonly rules?: readonly Rule[];
}
