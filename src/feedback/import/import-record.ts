import type { JsonRecord } from '../../files/read-records.ts';

/** One record of a file, or why there is none. */
export type ImportRecord =
  | { readonly line: number; readonly record: JsonRecord }
  | { readonly line: number; readonly problem: string };

/** What a record says about its surroundings: values that stand once in the file. */
export type FileFacts = Readonly<Record<string, unknown>>;

/** What the command line says where an export is silent. */
export interface ImportDefaults {
  readonly source: string;
  readonly modelVersion?: string;
  readonly author?: string;
  /** The author's pseudonym under the oldest key: the same after a rotation of keys. */
  readonly stablePseudonymOf: (author: string) => string;
}

/** Events and interactions as they would come in over HTTP; fields that the export lacks are simply not there. */
export interface Mapped {
  readonly events: readonly JsonRecord[];
  readonly interactions: readonly JsonRecord[];
  /** Why nothing came of it although nothing is wrong. */
  readonly skipped?: string;
  /** Why nothing can come of it. */
  readonly problem?: string;
}

/** Reads one record of one tool's export. */
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

/** A text that says something; numbers are texts, too. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') return undefined;
  return value.trim() === '' ? undefined : value;
}

/** The record without what is not there. */
export function present(record: JsonRecord): JsonRecord {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
