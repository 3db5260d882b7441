/** The stages of cleaning, in the order in which they process an event. */
export type CleaningStage = 'duplicate' | 'spam' | 'quality' | 'conflict' | 'review';

/**
 * The decision of a cleaning about one event. Nothing is deleted: a weight of 0 means quarantine. A later decision
 * about the same event replaces this one; the log keeps both.
 */
export interface EventDecision {
  readonly event: string;
  readonly stage: CleaningStage;
  /** Weight of the event relative to a full rating, in [0, 1]. */
  readonly weight: number;
  /** Human-readable, verifiable reasons. */
  readonly reasons: readonly string[];
  /** Id of the cleaning that decided, so that it can be undone as a whole. */
  readonly cleaning: string;
  /** RFC 3339, UTC. */
  readonly at: string;
}
