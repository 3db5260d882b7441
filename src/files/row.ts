import type { JsonRecord } from './json-record.ts';

/** A row of a file of any container, or why there is none at its line. */
export type Row =
  | { readonly line: number; readonly record: JsonRecord }
  | { readonly line: number; readonly problem: string }
  /** A line that holds no data, such as a second header. */
  | { readonly line: number; readonly leftOut: string };
