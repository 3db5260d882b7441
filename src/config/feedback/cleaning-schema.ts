import { z } from 'zod';
import { type CleaningSettings, defaultCleaningSettings } from '../../domain/cleaning-settings.ts';
import { share, text } from '../yaml/common-schema.ts';

const defaults = defaultCleaningSettings;

/** Section `cleaning` of a feedback file: how events are weighed before they count. */
export const cleaningSchema = z
  .strictObject({
    false_positive_rate: z
      .number()
      .gt(0)
      .max(0.2)
      .default(defaults.falsePositiveRate)
      .describe('Bound on the share of people taken for machines: set aside from odds of 1 / this'),
    characters_per_second: z
      .number()
      .positive()
      .default(defaults.charactersPerSecond)
      .describe('Nobody skims faster than this'),
    longest_reading_seconds: z
      .number()
      .positive()
      .default(defaults.longestReadingSeconds)
      .describe('No text needs longer before an opinion is plausible'),
    shortest_gap_seconds: z
      .number()
      .positive()
      .default(defaults.shortestGapSeconds)
      .describe('One person cannot judge two responses within this'),
    copy_similarity: share
      .default(defaults.copySimilarity)
      .describe('Jaccard similarity of word 3-grams from which comments are copies'),
    copy_words: z
      .int()
      .min(3)
      .default(defaults.copyWords)
      .describe('Comments of fewer words are never called copied'),
    canned_comments: z.array(text).default([]).describe('Texts that the application offers for a click'),
    check_setting: text
      .default(defaults.checkSetting)
      .describe('Key of `settings` with the expected answer of an attention check: up, down, this, other'),
    quality_prior: z
      .number()
      .positive()
      .default(defaults.qualityPrior)
      .describe('Opinions that the average of everybody is worth in the quality of one author'),
    quality_floor: share
      .default(defaults.qualityFloor)
      .describe('The least weight that quality alone leaves'),
    contested_share: z
      .number()
      .gt(0)
      .max(0.5)
      .default(defaults.contestedShare)
      .describe("Share of a response's weight on the smaller side that makes it contested"),
    review_posterior: share
      .default(defaults.reviewPosterior)
      .describe('Authors this likely to be machines are named for review'),
  })
  .transform(
    (written): CleaningSettings => ({
      falsePositiveRate: written.false_positive_rate,
      charactersPerSecond: written.characters_per_second,
      longestReadingSeconds: written.longest_reading_seconds,
      shortestGapSeconds: written.shortest_gap_seconds,
      copySimilarity: written.copy_similarity,
      copyWords: written.copy_words,
      cannedComments: written.canned_comments,
      checkSetting: written.check_setting,
      qualityPrior: written.quality_prior,
      qualityFloor: written.quality_floor,
      contestedShare: written.contested_share,
      reviewPosterior: written.review_posterior,
    }),
  );
