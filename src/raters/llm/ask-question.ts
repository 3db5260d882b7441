import { ProviderError } from '../../domain/provider-error.ts';
import type { VoteOutcome } from '../../domain/vote.ts';
import type { ChatReply, ChatRequest } from '../../ports/chat-model.ts';
import type { Ask, RecordedReply } from '../../ports/rater.ts';

/** A complete reply, or why there is none. */
export type Answer =
  | { readonly recorded: RecordedReply; readonly unread: null }
  | { readonly recorded: RecordedReply | null; readonly unread: Unread };

/** Why a question has no readable reply, as outcome and reason of a vote. */
export interface Unread {
  readonly outcome: Extract<VoteOutcome, 'abstain' | 'error'>;
  readonly reason: string;
}

/**
 * Asks one question. A reply that is not a whole answer gives `abstain`, a provider failure `error` with its kind.
 * @throws what must stop the run: ProviderError of kind `auth` or `quota`, BudgetError, an abort
 */
export async function askQuestion(ask: Ask, request: ChatRequest): Promise<Answer> {
  let recorded: RecordedReply;
  try {
    recorded = await ask(request);
  } catch (error) {
    if (!(error instanceof ProviderError) || error.kind === 'auth' || error.kind === 'quota') throw error;
    if (error.kind === 'content_filter') {
      return { recorded: null, unread: { outcome: 'abstain', reason: 'content_filter' } };
    }
    return { recorded: null, unread: { outcome: 'error', reason: error.kind } };
  }
  const reason = whyUnread(recorded.reply);
  return { recorded, unread: reason === null ? null : { outcome: 'abstain', reason } };
}

/** Why a reply is not a whole answer; null where it is one. Says in which field its text lies if not in the usual one. */
export function whyUnread({ text, finish, finishGiven, elsewhere = [] }: ChatReply): string | null {
  switch (finish) {
    case 'length':
      return 'truncated';
    case 'refusal':
      return 'refused';
    case 'content_filter':
    case 'paused':
      return finish;
    case 'other':
      if (elsewhere.length > 0) break;
      return finishGiven === undefined ? 'no_finish_reason' : `unknown_finish: ${finishGiven}`;
  }
  if (text.trim() !== '' || elsewhere.length === 0) return null;
  return `empty: ${[...new Set(elsewhere.map(({ place }) => place))].join(', ')}`;
}

/** Waits for all promises even if one fails, because calls in flight are paid. @throws the first failure */
export async function allSettled<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(promises);
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}
