import type { Item } from '../../domain/item.ts';
import { ProviderError } from '../../domain/provider-error.ts';
import type { ModelEndpoint } from '../../engine/calls/model-endpoint.ts';
import { replyKey } from '../../engine/calls/reply-key.ts';
import type { ChatRequest } from '../../ports/chat-model.ts';
import type { RecordedReply, TaskContext } from '../../ports/rater.ts';
import type { RunStore } from '../../ports/run-store.ts';
import type { LeftOutReason, Revision } from '../../raters/constitution/revision/revision.ts';
import type { RevisionRater } from '../../raters/constitution/revision/revision-rater.ts';

export interface RevisionRecord {
  readonly run: string;
  readonly items: AsyncIterable<Item>;
  readonly rater: RevisionRater;
  readonly others: ReadonlyMap<string, ModelEndpoint>;
  readonly store: RunStore;
}

export interface RevisedItem {
  readonly item: Item;
  readonly revisions: readonly Revision[];
  /** Why other responses of the item have none. */
  readonly leftOut: readonly LeftOutReason[];
}

/** The revisions of a run, re-read from the recorded replies. Makes no calls. */
export async function* recordedRevisions(record: RevisionRecord): AsyncGenerator<RevisedItem> {
  const { run, items, rater, store } = record;
  const context = fromStore(record);
  for await (const item of items) {
    const tasks = await store.tasksOf(run, [item.id]);
    const taken = new Set(tasks.filter((task) => task.rater === rater.id).map(({ task }) => task));
    const revisions: Revision[] = [];
    for (const task of rater.tasks(item)) {
      if (taken.has(task.id)) revisions.push(await rater.revise(item, task.candidates[0]!, context));
    }
    yield { item, revisions, leftOut: rater.leftOut(item) };
  }
}

function fromStore({ others, store }: RevisionRecord): TaskContext {
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
