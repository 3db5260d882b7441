import type { Vote } from '../../../domain/vote.ts';

/**
 * How one round of critique and revision went.
 * - `revised`: there is a new text. `unchanged`: nothing to criticise, or the same text again.
 * - `refused`, `truncated`, `failed`: the critic gave nothing that may be used; later rounds are not asked.
 */
export type RoundOutcome = 'revised' | 'unchanged' | 'refused' | 'truncated' | 'failed';

/** One round: the principle that was drawn, what was found, and what was made of it. */
export interface RevisionRound {
  readonly principle: string;
  readonly outcome: RoundOutcome;
  readonly critique: string | null;
  readonly revision: string | null;
  readonly reason?: string;
}

/**
 * What became of one response: a line of a revisions file. `accepted` only where every judge prefers the revision in
 * both orders and none finds in both orders that it merely evades.
 */
export interface Revision {
  readonly item: string;
  readonly candidate: string;
  readonly critic: string;
  readonly constitution: string;
  readonly rounds: readonly RevisionRound[];
  /** The last text; null where no round gave a new one. */
  readonly revised: string | null;
  readonly status: 'accepted' | 'rejected';
  readonly reason: RevisionReason;
  /** Of the judges, about the response and its revision; the revision's candidate id is `revisedId(candidate)`. */
  readonly votes: readonly Vote[];
}

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
 * Why a response is not criticised at all: the prompt or its own text is not known, no principle is for the item's
 * category, or nobody can be its critic (under `author`, when the model that wrote it is no judge of the panel).
 */
export type LeftOutReason = 'no_text' | 'no_principle' | 'no_critic';

/** The id under which a revised response stands beside its original. */
export function revisedId(candidate: string): string {
  return `${candidate}~revised`;
}
