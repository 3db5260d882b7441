import type { Item } from '../../domain/item.ts';
import { ProviderError } from '../../domain/provider-error.ts';
import type { Lane } from '../../engine/calls/lane.ts';
import { replyKey } from '../../engine/calls/reply-key.ts';
import type { LeftOutReason, Revision } from '../../raters/constitution/revision/revision.ts';
import type { RevisionRater } from '../../raters/constitution/revision/revision-rater.ts';
import type { ChatRequest } from '../../ports/chat-model.ts';
import type { LookContext, RecordedReply } from '../../ports/rater.ts';
import type { RunStore } from '../../ports/run-store.ts';

export interface RevisionRecord {
  readonly run: string;
  readonly items: AsyncIterable<Item>;
  readonly rater: RevisionRater;
  readonly others: ReadonlyMap<string, Lane>;
  readonly store: RunStore;
}

export interface RevisedItem {
  readonly item: Item;
  readonly revisions: readonly Revision[];
  /** Why other responses of the item have none. */
  readonly leftOut: readonly LeftOutReason[];
}

/** The revisions of a run, read again from the replies that the store has. Asks nobody. */
export async function* recordedRevisions(record: RevisionRecord): AsyncGenerator<RevisedItem> {
  const { run, items, rater, store } = record;
  const context = fromStore(record);
  for await (const item of items) {
    const looks = await store.looksOf(run, [item.id]);
    const taken = new Set(looks.filter((look) => look.rater === rater.id).map(({ look }) => look));
    const revisions: Revision[] = [];
    for (const look of rater.looks(item)) {
      if (taken.has(look.id)) revisions.push(await rater.revise(item, look.candidates[0]!, context));
    }
    yield { item, revisions, leftOut: rater.leftOut(item) };
  }
}

function fromStore({ others, store }: RevisionRecord): LookContext {
  const askOther = async (name: string, request: ChatRequest): Promise<RecordedReply> => {
    const { model } = others.get(name)!;
    const found = await store.findReply(replyKey(model, request));
    if (found !== null) return { ...found, cached: true };
    // The question was asked and failed: it fails again.
    throw new ProviderError('bad_reply', 'no reply was recorded', {
      provider: model.provider,
      model: model.model,
    });
  };
  return {
    askOther,
    ask: () => Promise.reject(new Error('revisions ask by name')),
    signal: new AbortController().signal,
  };
}
