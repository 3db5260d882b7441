import type { ChatMessage } from './message.ts';

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

/**
 * A served response, with or without feedback: the denominator of the collection rate.
 * @example
 * const served: Interaction = {
 *   session_id: 's1',
 *   query_id: 'q1',
 *   response_id: 'r1',
 *   query: 'When did it open?',
 *   response: 'In 1871.',
 *   model_version: 'assistant-7',
 *   settings: { temperature: 0.2 },
 *   at: '2026-03-15T10:00:00Z',
 *   source: 'app',
 * };
 */
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

/** The reasons that a flag can give. */
export const flagReasons = ['safety', 'accuracy', 'format', 'relevance', 'other'] as const;
/** One reason of a flag. */
export type FlagReason = (typeof flagReasons)[number];

/** Who gives feedback. */
export const authorKinds = ['end_user', 'expert', 'imported'] as const;
/** One kind of author. */
export type AuthorKind = (typeof authorKinds)[number];

/** The origin and subject of a signal. An event without a required field is refused. */
export interface FeedbackContext {
  /** Idempotency key: a repeated id is the same event. */
  readonly id: string;
  readonly session_id: string;
  readonly query_id: string;
  readonly response_id: string;
  readonly query: string | readonly ChatMessage[];
  readonly response: string;
  readonly model_version: string;
  /** Settings that produced the response: sampling parameters, system prompt version and similar. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** RFC 3339, UTC. */
  readonly at: string;
  /** The application or import that delivered the event. */
  readonly source: string;
  readonly author_kind: AuthorKind;
  /** Pseudonym; replaced by a keyed hash on intake. */
  readonly author: string;
  readonly category?: string;
  /** Set by intake when the model version is not configured; ignored in submitted events. */
  readonly unknown_model?: true;
}

/** Another response to the same query that was shown at the same time. */
export interface ShownResponse {
  readonly response_id: string;
  readonly response: string;
  readonly model_version?: string;
}

/** What the author did. */
export type FeedbackSignal =
  | { readonly kind: 'thumb'; readonly thumb: 'up' | 'down'; readonly comment?: string }
  | { readonly kind: 'stars'; readonly stars: 1 | 2 | 3 | 4 | 5; readonly comment?: string }
  | { readonly kind: 'correction'; readonly corrected: string }
  | {
      readonly kind: 'comparison';
      readonly other: ShownResponse;
      readonly preferred: 'this' | 'other' | 'tie';
    }
  | {
      readonly kind: 'ranking';
      readonly others: readonly ShownResponse[];
      /** Response ids, best first; ids in one inner list are equal. */
      readonly ranking: readonly (readonly string[])[];
    }
  | { readonly kind: 'comment'; readonly comment: string }
  | { readonly kind: 'flag'; readonly flag: FlagReason; readonly comment?: string }
  | { readonly kind: 'survey'; readonly answers: Readonly<Record<string, string | number>> }
  | { readonly kind: 'retry' | 'copy' | 'regenerate' }
  | { readonly kind: 'dwell' | 'session_length'; readonly seconds: number };

/**
 * One signal of one author about one response: a line of a feedback file.
 * @example
 * const event: FeedbackEvent = {
 *   id: 'e1',
 *   session_id: 's1',
 *   query_id: 'q1',
 *   response_id: 'r1',
 *   query: 'When did it open?',
 *   response: 'In 1871.',
 *   model_version: 'assistant-7',
 *   settings: {},
 *   at: '2026-03-15T10:00:00Z',
 *   source: 'app',
 *   author_kind: 'end_user',
 *   author: 'user-17',
 *   kind: 'thumb',
 *   thumb: 'down',
 *   comment: 'It was 1873.',
 * };
 */
export type FeedbackEvent = FeedbackContext & FeedbackSignal;

/**
 * The kind of a signal.
 * @example
 * const kind: FeedbackKind = 'thumb';
 */
export type FeedbackKind = FeedbackEvent['kind'];

/** Placeholder for the texts of an erased person. */
export const erasedText = '[erased]';

/**
 * The subject of a signal as one string. A later signal of the same author and kind about the same subject
 * supersedes the earlier one. The subject of a comparison is its unordered pair, of a ranking its set of responses;
 * the subject of a flag includes its reason, so that one flag does not supersede another.
 */
export function subjectOf(event: FeedbackEvent): string {
  switch (event.kind) {
    case 'comparison':
      return JSON.stringify([event.response_id, event.other.response_id].sort());
    case 'ranking':
      return JSON.stringify([event.response_id, ...event.others.map((other) => other.response_id)].sort());
    case 'flag':
      return JSON.stringify([event.response_id, event.flag]);
    default:
      return event.response_id;
  }
}
