import { z } from 'zod';
import { type CleaningSettings, defaultCleaningSettings } from '../../domain/feedback-settings.ts';
import { share, text } from '../yaml/common-schema.ts';

const defaults = defaultCleaningSettings;

/** Section `cleaning` of a feedback file: how events are weighted. */
export const cleaningSchema = z
  .strictObject({
    false_positive_rate: z
      .number()
      .gt(0)
      .max(0.2)
      .default(defaults.falsePositiveRate)
      .describe('Maximum share of genuine authors classified as bots; quarantine starts at odds of 1 / this'),
    characters_per_second: z
      .number()
      .positive()
      .default(defaults.charactersPerSecond)
      .describe('Maximum skimming speed of a human, in characters per second; default: 200'),
    longest_reading_seconds: z
      .number()
      .positive()
      .default(defaults.longestReadingSeconds)
      .describe('Upper bound of the reading time that a rating needs, in seconds; default: 3.5'),
    shortest_gap_seconds: z
      .number()
      .positive()
      .default(defaults.shortestGapSeconds)
      .describe('Minimum time between two ratings of one human, in seconds; default: 1'),
    copy_similarity: share
      .default(defaults.copySimilarity)
      .describe('Comments are copies at or above this Jaccard similarity of word 3-grams; default: 0.7'),
    copy_words: z
      .int()
      .min(3)
      .default(defaults.copyWords)
      .describe('Comments with fewer words are never classified as copies; default: 8'),
    canned_comments: z
      .array(text)
      .default([])
      .describe('Predefined comments of the application, never classified as copies'),
    check_setting: text
      .default(defaults.checkSetting)
      .describe('Key of `settings` with the expected answer of an attention check: up, down, this, other'),
    quality_prior: z
      .number()
      .positive()
      .default(defaults.qualityPrior)
      .describe("Prior strength of the population mean in an author's quality, as a number of ratings"),
    quality_floor: share
      .default(defaults.qualityFloor)
      .describe('Minimum weight that low quality alone can cause, in [0, 1]; default: 0.1'),
    contested_share: z
      .number()
      .gt(0)
      .max(0.5)
      .default(defaults.contestedShare)
      .describe('A response is contested when its smaller side has at least this share of the weight'),
    review_posterior: share
      .default(defaults.reviewPosterior)
      .describe('Authors with at least this posterior bot probability are listed for review'),
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
