import type { Item } from '../../domain/item.ts';
import type { Vote } from '../../domain/vote.ts';
import { readItems } from '../../files/items.ts';
import { type RecordSource, readEach } from '../../files/read-records.ts';
import { readVotes } from '../../files/votes.ts';

/** Files of records to analyse: absolute paths (JSONL, `.gz`), `-` for standard input. */
export interface RecordFiles {
  readonly votes: readonly string[];
  readonly items?: readonly string[] | undefined;
  /** Human or gold labels, in the format of votes. */
  readonly labels?: readonly string[] | undefined;
}

/** The same, where records may also come from memory. */
export interface RecordSources {
  readonly votes: readonly RecordSource<Vote>[];
  readonly items?: readonly RecordSource<Item>[] | undefined;
  readonly labels?: readonly RecordSource<Vote>[] | undefined;
}

/** The records of the files as streams; each call reads them from the beginning. */
export function openRecords({ votes, items, labels }: RecordSources): {
  votes: AsyncIterable<Vote>;
  items?: AsyncIterable<Item>;
  labels?: AsyncIterable<Vote>;
} {
  return {
    votes: readEach(votes, readVotes),
    ...(items && { items: readEach(items, readItems) }),
    ...(labels && { labels: readEach(labels, readVotes) }),
  };
}
