/** How feedback is cleaned: what a section `cleaning` says, with its defaults. */
export interface CleaningSettings {
  /** The most honest people that may be taken for machines: somebody is set aside at odds of 1 / this. */
  readonly falsePositiveRate: number;
  /** Characters that a person can take in within a second when skimming; faster than this cannot be read. */
  readonly charactersPerSecond: number;
  /** No text needs longer than this before an opinion is plausible. */
  readonly longestReadingSeconds: number;
  /** The same person cannot judge two responses within this time, however short they are. */
  readonly shortestGapSeconds: number;
  /** Jaccard similarity of word 3-grams from which two comments are copies. */
  readonly copySimilarity: number;
  /** Shorter comments are never called copied: "thanks, that helped" is everybody's. */
  readonly copyWords: number;
  /** Texts that the application offers for choice: never called copied. */
  readonly cannedComments: readonly string[];
  /** Where an event's `settings` hold the expected answer of an attention check (`up`, `down`, `this`, `other`). */
  readonly checkSetting: string;
  /** Opinions that the population's average is worth in the quality of one author. */
  readonly qualityPrior: number;
  /** The least weight that quality alone leaves. */
  readonly qualityFloor: number;
  /** A response is contested when the smaller side holds at least this share of the weight. */
  readonly contestedShare: number;
  /** Authors with this posterior of being a machine or worse, yet below quarantine, are named for review. */
  readonly reviewPosterior: number;
}

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
