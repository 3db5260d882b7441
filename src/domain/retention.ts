import type { FeedbackKind } from './feedback-event.ts';

/** Feedback that is kept equally long. `comments` are also the comments that stand beside a thumb, stars or a flag. */
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
export type RetentionClass = (typeof retentionClasses)[number];

/** Days after which each class is removed; null keeps it. */
export type RetentionRules = Readonly<Record<RetentionClass, number | null>>;

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

/** The kinds of events of a class. */
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
