import type { FeedbackKind } from '../../domain/feedback-event.ts';
import type { Item } from '../../domain/item.ts';
import type { Vote } from '../../domain/vote.ts';
import type { EventWindow, FeedbackStore } from '../../ports/feedback-store.ts';
import type { Grouping } from './identify.ts';
import { ItemBook, indexKnownItems } from './item-book.ts';
import { type VotelessReason, voteOfEvent } from './vote-of-event.ts';

export interface MergeOptions {
  readonly window?: EventWindow;
  /** Default `prompt`. */
  readonly grouping?: Grouping;
  /** Known items: feedback about their prompts uses their ids. Read twice. */
  readonly known?: () => AsyncIterable<Item> | Iterable<Item>;
}

/** Counts of the outcomes of events. */
export interface MergeCounts {
  readonly events: number;
  readonly votes: number;
  /** Votes with a weight below 1. */
  readonly weighted: number;
  readonly items: number;
  readonly by_signal: Readonly<Partial<Record<FeedbackKind, number>>>;
  readonly no_vote: Readonly<Partial<Record<VotelessReason, number>>>;
}

/** Read the votes first: the items are complete only after the last vote. */
export interface FeedbackMerge {
  votes(): AsyncGenerator<Vote>;
  items(): AsyncGenerator<Item>;
  counts(): MergeCounts;
}

type Source = Pick<FeedbackStore, 'events' | 'event'>;

/** Converts feedback events to votes of `human` raters, in order of arrival, with their items. Superseded and quarantined
 * events give no vote; the others have the weight that cleaning decided. Item and candidate ids depend on the texts alone, not
 * on other events in the store.
 */
export async function mergeFeedback(store: Source, options: MergeOptions = {}): Promise<FeedbackMerge> {
  const { window = {}, grouping = 'prompt', known = () => [] } = options;
  const book = new ItemBook(grouping, await indexKnownItems(known()));
  let events = 0;
  let votes = 0;
  let weighted = 0;
  const bySignal: Partial<Record<FeedbackKind, number>> = {};
  const noVote: Partial<Record<VotelessReason, number>> = {};
  return {
    async *votes() {
      for await (const stored of store.events(window)) {
        events += 1;
        const vote = voteOfEvent(stored, () => book.place(stored.event));
        if (typeof vote === 'string') {
          noVote[vote] = (noVote[vote] ?? 0) + 1;
          continue;
        }
        votes += 1;
        if (vote.weight !== undefined) weighted += 1;
        bySignal[stored.event.kind] = (bySignal[stored.event.kind] ?? 0) + 1;
        yield vote;
      }
    },
    async *items() {
      for await (const item of known()) {
        const more = await book.withFeedback(item, store);
        if (more !== null) yield more;
      }
      yield* book.newItems(store);
    },
    counts: () => ({ events, votes, weighted, items: book.size, by_signal: bySignal, no_vote: noVote }),
  };
}
