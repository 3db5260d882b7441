import type { ChatMessage } from './message.ts';

export const flagReasons = ['safety', 'accuracy', 'format', 'relevance', 'other'] as const;
export type FlagReason = (typeof flagReasons)[number];

export const authorKinds = ['end_user', 'expert', 'imported'] as const;
export type AuthorKind = (typeof authorKinds)[number];

/** Where a signal comes from and what it is about. All of it is there, or the event is refused. */
export interface FeedbackContext {
  /** Idempotency key: the same id again is the same event. */
  readonly id: string;
  readonly session_id: string;
  readonly query_id: string;
  readonly response_id: string;
  readonly query: string | readonly ChatMessage[];
  readonly response: string;
  readonly model_version: string;
  /** Sampling settings, system prompt version and the like. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** RFC 3339, UTC. */
  readonly at: string;
  /** The application or import that it came through. */
  readonly source: string;
  readonly author_kind: AuthorKind;
  /** Pseudonym: a keyed hash once it is inside. */
  readonly author: string;
  readonly category?: string;
  /** Set by intake where the model version is not among the configured ones; never taken from outside. */
  readonly unknown_model?: true;
}

/** Another response to the same query that was shown beside it. */
export interface ShownResponse {
  readonly response_id: string;
  readonly response: string;
  readonly model_version?: string;
}

/** What the person did. */
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

/** One signal of one person about one response: a line of a feedback file. */
export type FeedbackEvent = FeedbackContext & FeedbackSignal;

export type FeedbackKind = FeedbackEvent['kind'];
