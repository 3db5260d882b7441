import type { DatasetKind } from '../../domain/export-spec.ts';
import type { Example } from '../example.ts';
import type { TrainerConfig, TrainerFacts } from './trainer-config.ts';

/**
 * A row as a trainer reads it, or why this example cannot be said in the format.
 * @example
 * const row: RowOrReason = { prompt: 'p', chosen: 'x', rejected: 'y' };
 */
export type RowOrReason = Readonly<Record<string, unknown>> | string;

/**
 * How one trainer wants its rows. A file holds rows of one kind only.
 * @example
 * const tsvReady: DatasetFormat = {
 *   name: 'tsv-ready',
 *   readBy: 'a script of ours',
 *   row: (example) => ('chosen' in example ? { better: example.chosen } : 'no_pair'),
 * };
 */
export interface DatasetFormat {
  readonly name: string;
  /** What the rows are read by, for the card. */
  readonly readBy: string;
  /** @returns the row, or a reason (snake_case) where the format has no way to say it. */
  readonly row: (example: Example) => RowOrReason;
  /** Rows of another shape for some kinds of data. */
  readonly variants?: Readonly<Partial<Record<DatasetKind, DatasetFormat>>>;
  /** A configuration that trains on the files; null where there is none for the kind of data. */
  readonly trainerConfig?: (facts: TrainerFacts) => TrainerConfig | null;
  /** A further file that the trainer needs beside the data. */
  readonly companion?: (written: WrittenFiles) => { readonly file: string; readonly text: string };
}

/** The data files of an export. */
export interface WrittenFiles {
  readonly kind: DatasetKind;
  /** What the rows were made from. */
  readonly exampleKind: Example['kind'];
  /** Data file by split. */
  readonly files: Readonly<Record<string, string>>;
}
