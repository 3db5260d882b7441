/** The stages of cleaning, in the order in which they look at an event. */
export type CleaningStage = 'duplicate' | 'spam' | 'quality' | 'conflict' | 'review';

/**
 * What cleaning said of one event: nothing is deleted. A weight of 0 is quarantine; a later decision about
 * the same event replaces this one, and the log keeps both.
 */
export interface EventDecision {
  readonly event: string;
  readonly stage: CleaningStage;
  /** How much of a whole opinion the event is worth, in [0, 1]. */
  readonly weight: number;
  /** Why, in words that a person can check. */
  readonly reasons: readonly string[];
  /** The cleaning that decided, so that it can be undone as a whole. */
  readonly cleaning: string;
  /** RFC 3339, UTC. */
  readonly at: string;
}
