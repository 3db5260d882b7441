import type { AuthorKind } from './feedback-event.ts';

/** Fields of a feedback event that a column of an imported table can hold. */
export const importFields = [
  'id',
  'session_id',
  'query_id',
  'response_id',
  'query',
  'response',
  'model_version',
  'at',
  'author',
  'category',
  'thumb',
  'stars',
  'rating',
  'corrected',
  'comment',
  'flag',
  'other_response',
  'other_response_id',
  'preferred',
] as const;
/** One importable field. */
export type ImportField = (typeof importFields)[number];

/** How the columns of an imported table map to feedback events. */
export interface ImportMap {
  /** Column name per field; other fields are matched by their usual column names. */
  readonly fields: Readonly<Partial<Record<ImportField, string>>>;
  /** Values for fields without a column. */
  readonly defaults: {
    readonly author?: string;
    readonly model_version?: string;
    readonly category?: string;
    readonly settings?: Readonly<Record<string, unknown>>;
  };
  readonly authorKind: AuthorKind;
  /** Lowest and highest value of a rating column, scaled to stars; null: only textual ratings are read. */
  readonly ratingScale: readonly [number, number] | null;
  /** Read times without an offset as UTC; if false, such rows are refused. */
  readonly assumeUtc: boolean;
}

/** The import map without a file: all columns are matched by their usual names. */
export const plainImportMap: ImportMap = {
  fields: {},
  defaults: {},
  authorKind: 'imported',
  ratingScale: null,
  assumeUtc: false,
};
