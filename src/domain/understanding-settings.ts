import type { FailureCategory } from './failure-category.ts';

/** How complaints are grouped and ranked: what a section `understanding` says, with its defaults. */
export interface UnderstandingSettings {
  /** How bad a failure of each category is, in [0, 1]. */
  readonly severity: Readonly<Record<FailureCategory, number>>;
  /** Days after which a complaint counts half. */
  readonly halfLifeDays: number;
  /** Cosine of TF-IDF vectors from which two complaints are about the same. */
  readonly similarity: number;
  /** Examples kept of each issue. */
  readonly examples: number;
}

export const defaultUnderstandingSettings: UnderstandingSettings = {
  severity: {
    safety: 1,
    accuracy: 0.7,
    relevance: 0.5,
    coverage: 0.5,
    format: 0.3,
    style: 0.2,
    other: 0.1,
  },
  halfLifeDays: 14,
  similarity: 0.3,
  examples: 3,
};
