import { ProviderError } from '../../domain/provider-error.ts';
import type { VoteOutcome } from '../../domain/vote.ts';
import type { ChatRequest } from '../../ports/chat-model.ts';
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

const unreadFinish = {
  length: 'truncated',
  content_filter: 'content_filter',
  refusal: 'refused',
} as const;

/**
 * Asks one question. A refusal, filter or truncation gives `abstain`, a provider failure `error` with its kind.
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
  const { finish } = recorded.reply;
  if (finish === 'length' || finish === 'content_filter' || finish === 'refusal') {
    return { recorded, unread: { outcome: 'abstain', reason: unreadFinish[finish] } };
  }
  return { recorded, unread: null };
}

/** Waits for all promises even if one fails, because calls in flight are paid. @throws the first failure */
export async function allSettled<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(promises);
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}
