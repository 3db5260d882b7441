import type { ChatMessage } from './message.ts';

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

/** One signal of one author about one response: a line of a feedback file. */
export type FeedbackEvent = FeedbackContext & FeedbackSignal;

/** The kind of a signal. */
export type FeedbackKind = FeedbackEvent['kind'];

/** Placeholder for the texts of an erased person. */
export const erasedText = '[erased]';
