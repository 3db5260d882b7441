import type { FeedbackKind } from '../../domain/feedback-event.ts';
import type { Item } from '../../domain/item.ts';
import type { Vote } from '../../domain/vote.ts';
import type { EventWindow, FeedbackStore } from '../../ports/feedback-store.ts';
import type { Grouping } from './identify.ts';
import { ItemBook } from './item-book.ts';
import { indexKnownItems } from './known-items.ts';
import { type VotelessReason, voteOfEvent } from './vote-of-event.ts';

export interface MergeOptions {
  readonly window?: EventWindow;
  /** Default `prompt`. */
  readonly grouping?: Grouping;
  /** Items that were judged before: feedback about their prompts takes their ids. Read twice. */
  readonly known?: () => AsyncIterable<Item> | Iterable<Item>;
}

/** What became of the events. */
export interface MergeCounts {
  readonly events: number;
  readonly votes: number;
  /** Votes that count for less than a whole one. */
  readonly weighted: number;
  readonly items: number;
  readonly by_signal: Readonly<Partial<Record<FeedbackKind, number>>>;
  readonly no_vote: Readonly<Partial<Record<VotelessReason, number>>>;
}

/** Votes first, items after: what the items are is known once the last vote was drawn. */
export interface FeedbackMerge {
  votes(): AsyncGenerator<Vote>;
  items(): AsyncGenerator<Item>;
  counts(): MergeCounts;
}

type Source = Pick<FeedbackStore, 'events' | 'event'>;

/**
 * People's events as votes of `human` raters, in order of arrival, and the items that they are about. Superseded and
 * quarantined events give no vote; the others weigh what cleaning decided. Item and candidate ids follow from the
 * texts alone, so they are the same whatever else the store holds.
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
