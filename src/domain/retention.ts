import type { FeedbackKind } from './feedback-event.ts';

/** Classes of feedback with one retention period each. `comments` includes comments on a thumb, stars or a flag. */
export const retentionClasses = [
  'implicit',
  'ratings',
  'comparisons',
  'comments',
  'corrections',
  'flags',
  'surveys',
  'interactions',
] as const;
/** One class of feedback. */
export type RetentionClass = (typeof retentionClasses)[number];

/** Retention period of each class in days; null keeps it forever. */
export type RetentionRules = Readonly<Record<RetentionClass, number | null>>;

/** The periods without a `retention` section. */
export const defaultRetention: RetentionRules = {
  implicit: 90,
  ratings: 730,
  comparisons: 730,
  comments: 365,
  corrections: 730,
  flags: 730,
  surveys: 365,
  interactions: 365,
};

/** The event kinds of each class. */
export const kindsOfClass: Readonly<
  Record<Exclude<RetentionClass, 'interactions'>, readonly FeedbackKind[]>
> = {
  implicit: ['retry', 'copy', 'regenerate', 'dwell', 'session_length'],
  ratings: ['thumb', 'stars'],
  comparisons: ['comparison', 'ranking'],
  comments: ['comment'],
  corrections: ['correction'],
  flags: ['flag'],
  surveys: ['survey'],
};
