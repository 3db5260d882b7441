import { ProviderError } from '../../domain/provider-error.ts';
import type { Passage, Retriever } from '../../ports/retriever.ts';
import type { Unread } from '../llm/ask-question.ts';

/** An unreadable reply; ends the check of one response. */
export class UnreadReply extends Error {
  override readonly name = 'UnreadReply';
  readonly unread: Unread;

  constructor(unread: Unread) {
    super(unread.reason);
    this.unread = unread;
  }
}

/**
 * A search that turns failures of the embeddings endpoint into an UnreadReply, which ends the check of one response.
 * @throws ProviderError of kind `auth` or `quota`, which stops the run
 */
export function searching(
  retriever: Retriever,
  limit: number,
): (claim: string) => Promise<readonly Passage[]> {
  return async (claim) => {
    try {
      return await retriever.search(claim, limit);
    } catch (error) {
      if (!(error instanceof ProviderError) || error.kind === 'auth' || error.kind === 'quota') throw error;
      throw new UnreadReply({ outcome: 'error', reason: `embeddings: ${error.kind}` });
    }
  };
}
