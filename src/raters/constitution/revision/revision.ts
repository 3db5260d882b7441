import type { Vote } from '../../../domain/vote.ts';

/**
 * The outcome of one round of critique and revision.
 * - `revised`: there is a new text. `unchanged`: no criticism, or the same text again.
 * - `refused`, `truncated`, `failed`: no usable text; later rounds are skipped.
 */
export type RoundOutcome = 'revised' | 'unchanged' | 'refused' | 'truncated' | 'failed';

/** One round: the drawn principle, the critique and the revision. */
export interface RevisionRound {
  readonly principle: string;
  readonly outcome: RoundOutcome;
  readonly critique: string | null;
  readonly revision: string | null;
  readonly reason?: string;
}

/**
 * The result for one response: a line of a revisions file. `accepted` if every judge prefers the revision in both
 * orders and none finds it more evasive in both orders.
 */
export interface Revision {
  readonly item: string;
  readonly candidate: string;
  readonly critic: string;
  readonly constitution: string;
  readonly rounds: readonly RevisionRound[];
  /** The final text; null if no round changed it. */
  readonly revised: string | null;
  readonly status: 'accepted' | 'rejected';
  readonly reason: RevisionReason;
  /** Votes of the judges on the response and its revision, whose candidate id is `revisedId(candidate)`. */
  readonly votes: readonly Vote[];
}

/** Why a revision was accepted or rejected. */
export type RevisionReason =
  | 'preferred'
  | 'unchanged'
  | 'not_preferred'
  | 'depends_on_order'
  | 'evasive'
  | 'unread'
  | 'critic_refused'
  | 'critic_truncated'
  | 'critic_failed';

/**
 * Why a response is skipped: its text or prompt is unknown, no principle applies to the item's category, or it has no
 * critic (with `author`: the model that wrote it is not a judge of the panel).
 */
export type LeftOutReason = 'no_text' | 'no_principle' | 'no_critic';

/** Candidate id of the revision of a response. */
export function revisedId(candidate: string): string {
  return `${candidate}~revised`;
}
