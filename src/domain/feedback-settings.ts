import type { FailureCategory } from './failure-category.ts';

/** How feedback is cleaned: section `cleaning` of feedback.yaml with its defaults filled in. */
export interface CleaningSettings {
  /** Maximum share of genuine authors that may be classified as bots: quarantine starts at posterior odds of 1 / this. */
  readonly falsePositiveRate: number;
  /** Maximum skimming speed of a human, in characters per second. */
  readonly charactersPerSecond: number;
  /** Upper bound of the reading time that a rating needs to be plausible, in seconds. */
  readonly longestReadingSeconds: number;
  /** Minimum time between two ratings of one human author, in seconds. */
  readonly shortestGapSeconds: number;
  /** Two comments are copies at or above this Jaccard similarity of their word 3-grams, in [0, 1]. */
  readonly copySimilarity: number;
  /** Comments with fewer words are never classified as copies ("thanks, that helped" is common). */
  readonly copyWords: number;
  /** Predefined comments that the application offers; never classified as copies. */
  readonly cannedComments: readonly string[];
  /** Key of an event's `settings` with the expected answer of an attention check (`up`, `down`, `this`, `other`). */
  readonly checkSetting: string;
  /** Prior strength of the population mean in an author's quality, as a number of ratings. */
  readonly qualityPrior: number;
  /** Minimum weight that low quality alone can cause, in [0, 1]. */
  readonly qualityFloor: number;
  /** A response is contested when the smaller side holds at least this share of the weight. */
  readonly contestedShare: number;
  /** Authors with at least this posterior bot probability, yet below quarantine, are listed for review. */
  readonly reviewPosterior: number;
}

/** The settings without a `cleaning` section. */
export const defaultCleaningSettings: CleaningSettings = {
  falsePositiveRate: 0.05,
  charactersPerSecond: 200,
  longestReadingSeconds: 3.5,
  shortestGapSeconds: 1,
  copySimilarity: 0.7,
  copyWords: 8,
  cannedComments: [],
  checkSetting: 'attention_check',
  qualityPrior: 8,
  qualityFloor: 0.1,
  contestedShare: 0.2,
  reviewPosterior: 0.5,
};

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
