import type { Item } from '../domain/item.ts';
import type { Vote } from '../domain/vote.ts';
import type { JsonRecord } from '../files/json-record.ts';
import type { RowSample } from './sample-rows.ts';

/** How sure a format is that rows are its own. */
export interface Recognition {
  /** 0 to 1; the highest wins. Above 0.5 it is taken without being named. */
  readonly score: number;
  /** What was recognised, for the user: "columns chosen and rejected hold Human/Assistant dialogues". */
  readonly reason: string;
}

/** What a row became. A row may give items, votes, or both. */
export interface Converted {
  readonly items?: readonly Item[];
  readonly votes?: readonly Vote[];
  /** Why a valid row gives nothing, or gives less. */
  readonly leftOut?: string;
  /** Why the row cannot be read. */
  readonly problem?: string;
}

/** What stands around a row. */
export interface RowPlace {
  readonly facts: JsonRecord;
  readonly line: number;
  /** The first rows of the file: what a column holds is known from many rows, not from one. */
  readonly first: readonly JsonRecord[];
}

/** A foreign file format. One file a format; the table is `formats/index.ts`. */
export interface ImportFormat {
  readonly name: string;
  /** What writes such files. */
  readonly from: string;
  /** The columns by which it is known, for the message that nothing was recognised. */
  readonly columns: readonly string[];
  /** Several rows describe one item: their candidates are joined, and items are held in memory until the end. */
  readonly joinsItems?: boolean;
  sniff(sample: Pick<RowSample, 'first' | 'facts' | 'container'>): Recognition | null;
  read(row: JsonRecord, place: RowPlace): Converted;
}
