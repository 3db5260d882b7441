/** A file being written row by row. Nothing is complete before `close`. */
export interface RowWriter {
  write(row: Readonly<Record<string, unknown>>): void | Promise<void>;
  /** @returns the number of rows. */
  close(): Promise<number>;
}
