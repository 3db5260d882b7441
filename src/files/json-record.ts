/** A parsed JSON object. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** Is it an object, not a list and not null? */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A row of a file of any container, or why there is none at its line. */
export type Row =
  | { readonly line: number; readonly record: JsonRecord }
  | { readonly line: number; readonly problem: string }
  /** A line that holds no data, such as a second header. */
  | { readonly line: number; readonly leftOut: string };
