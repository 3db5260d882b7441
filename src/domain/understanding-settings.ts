import type { FailureCategory } from './failure-category.ts';

/** How complaints are grouped and ranked: section `understanding` of feedback.yaml with its defaults filled in. */
export interface UnderstandingSettings {
  /** Severity of each category, in [0, 1]. */
  readonly severity: Readonly<Record<FailureCategory, number>>;
  /** Days after which the weight of a complaint is halved. */
  readonly halfLifeDays: number;
  /** Complaints are grouped at or above this cosine similarity of their TF-IDF vectors, in [0, 1]. */
  readonly similarity: number;
  /** Number of examples per issue. */
  readonly examples: number;
}

/** The settings without an `understanding` section. */
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
