/** A parsed JSON object. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** Is it an object, not a list and not null? */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
