import type { FeedbackContext } from './feedback-event.ts';

/** A served response, with or without feedback: the denominator of the collection rate. */
export interface Interaction
  extends Pick<
    FeedbackContext,
    | 'session_id'
    | 'query_id'
    | 'response_id'
    | 'query'
    | 'response'
    | 'model_version'
    | 'settings'
    | 'at'
    | 'source'
    | 'category'
  > {
  /** Pseudonym of the user. */
  readonly author?: string;
  /** The arm of an A/B experiment that served it. */
  readonly arm?: string;
}
