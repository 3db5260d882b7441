import type { Example } from '../example.ts';

/** A row as a trainer reads it, or why this example cannot be said in the format. */
export type RowOrReason = Readonly<Record<string, unknown>> | string;

/** How one trainer wants its rows. A file holds rows of one kind only. */
export interface DatasetFormat {
  readonly name: string;
  /** What the rows are read by, for the card. */
  readonly readBy: string;
  /** @returns the row, or a reason (snake_case) where the format has no way to say it. */
  readonly row: (example: Example) => RowOrReason;
}
