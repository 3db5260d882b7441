import type { JsonRecord } from '../../files/read-records.ts';

/** One record of a file, or the reason why it is unreadable. */
export type ImportRecord =
  | { readonly line: number; readonly record: JsonRecord }
  | { readonly line: number; readonly problem: string };

/** Values that occur once in the file and apply to every record. */
export type FileFacts = Readonly<Record<string, unknown>>;

/** Values from the command line for fields that an export lacks. */
export interface ImportDefaults {
  readonly source: string;
  readonly modelVersion?: string;
  readonly author?: string;
  /** The author's pseudonym under the oldest key: the same after a rotation of keys. */
  readonly stablePseudonymOf: (author: string) => string;
}

/** Events and interactions as sent over HTTP; fields that the export lacks are absent. */
export interface Mapped {
  readonly events: readonly JsonRecord[];
  readonly interactions: readonly JsonRecord[];
  /** Reason why a valid record gives no event. */
  readonly skipped?: string;
  /** Reason why a record is invalid. */
  readonly problem?: string;
}

/** Maps one record of a tool's export. */
export type RecordMapper = (record: JsonRecord, facts: FileFacts, defaults: ImportDefaults) => Mapped;

export function skip(skipped: string): Mapped {
  return { events: [], interactions: [], skipped };
}

export function unusable(problem: string): Mapped {
  return { events: [], interactions: [], problem };
}

export function asRecord(value: unknown): JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRecord) : {};
}

/** A non-empty text; numbers count as texts. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') return undefined;
  return value.trim() === '' ? undefined : value;
}

/** The record without undefined fields. */
export function present(record: JsonRecord): JsonRecord {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
