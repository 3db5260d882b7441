import { type AnchorReport, scoreAnchors } from '../../analysis/agreement/anchor-agreement.ts';
import { collectAnswers } from '../../analysis/agreement/collect-answers.ts';
import type { Vote } from '../../domain/vote.ts';
import type { Grouping } from '../../feedback/merge/identify.ts';
import { type Coverage, measureCoverage } from '../../feedback/merge/measure-coverage.ts';
import { type MergeCounts, mergeFeedback } from '../../feedback/merge/merge-feedback.ts';
import { readItems } from '../../files/items.ts';
import { readVotes } from '../../files/votes.ts';
import { writeJsonLines } from '../../files/write-lines.ts';
import type { EventWindow, FeedbackStore } from '../../ports/feedback-store.ts';
import { withFeedback } from '../stores/feedback-stores.ts';

const replicates = 1000;

export interface MergeRequest {
  readonly store: string;
  readonly window: EventWindow;
  /** Which events are about the same item. */
  readonly grouping: Grouping;
  /** Where the human votes go. */
  readonly votesOut: string;
  /** Where the items go that the votes are about. */
  readonly itemsOut: string;
  /** Files of items judged before: feedback on the same prompt takes their ids. */
  readonly known: readonly string[];
  /** Coverage of slices with fewer authors is hidden. */
  readonly minGroupSize: number;
  /** Compares the human votes with these AI votes. */
  readonly compare?: AnchorRequest | undefined;
}

export interface AnchorRequest {
  readonly aiVotes: readonly string[];
  /** Human votes of a lower weight are no anchors. */
  readonly minWeight: number;
  /** How many questions to draw at random; null: all. */
  readonly sample: number | null;
  readonly seed: number;
}

export interface MergedFeedback {
  readonly counts: MergeCounts;
  readonly coverage: Coverage;
  /** Null without AI votes to compare with. */
  readonly anchors: AnchorReport | null;
}

/** Turns feedback into human votes and items that reconciliation reads beside AI votes. */
export function mergeEvents(request: MergeRequest): Promise<MergedFeedback> {
  const { window, grouping, votesOut, itemsOut, compare } = request;
  const known = () => each(request.known, readItems);
  return withFeedback(request.store, async (store) => {
    const merge = await mergeFeedback(store, { window, grouping, known });
    await writeJsonLines(votesOut, recorded(merge.votes(), store, votesOut));
    await writeJsonLines(itemsOut, merge.items());
    const counts = merge.counts();
    const coverage = await measureCoverage(store, window, request.minGroupSize);
    return { counts, coverage, anchors: compare === undefined ? null : await anchorsOf(request, compare) };
  });
}

/** The votes file is a dataset: an erasure must be able to name it. */
async function* recorded(
  votes: AsyncIterable<Vote>,
  store: Pick<FeedbackStore, 'recordExport'>,
  dataset: string,
): AsyncGenerator<Vote> {
  let events: string[] = [];
  for await (const vote of votes) {
    events.push(String(vote.provenance?.event));
    if (events.length === 5000) {
      await store.recordExport(dataset, events);
      events = [];
    }
    yield vote;
  }
  if (events.length > 0) await store.recordExport(dataset, events);
}

async function anchorsOf(
  { votesOut, itemsOut, known }: MergeRequest,
  { aiVotes, minWeight, seed, sample }: AnchorRequest,
): Promise<AnchorReport> {
  const book = await collectAnswers({
    votes: each(aiVotes, readVotes),
    labels: weighty(readVotes(votesOut), minWeight),
    items: each([...known, itemsOut], readItems),
  });
  return scoreAnchors(book, { seed, replicates, sample });
}

async function* weighty(votes: AsyncIterable<Vote>, minWeight: number): AsyncGenerator<Vote> {
  for await (const vote of votes) if ((vote.weight ?? 1) >= minWeight) yield vote;
}

async function* each<T>(
  files: readonly string[],
  read: (file: string) => AsyncIterable<T>,
): AsyncGenerator<T> {
  for (const file of files) yield* read(file);
}
