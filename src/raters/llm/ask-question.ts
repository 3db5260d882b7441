import { ProviderError } from '../../domain/provider-error.ts';
import type { VoteOutcome } from '../../domain/vote.ts';
import type { ChatRequest } from '../../ports/chat-model.ts';
import type { Ask, RecordedReply } from '../../ports/rater.ts';

/** A reply that can be read, or why there is none. */
export type Answer =
  | { readonly recorded: RecordedReply; readonly unread: null }
  | { readonly recorded: RecordedReply | null; readonly unread: Unread };

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
 * Asks one question. A model that declines abstains; a question that could not be asked is an error of its kind.
 * @throws what must stop the run: no credentials, no money, an abort, a bug.
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

/** All of them, also when one fails: what is in flight is paid for. @throws the first failure. */
export async function allSettled<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(promises);
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}
