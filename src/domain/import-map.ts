import type { AuthorKind } from './feedback-event.ts';

/** Fields that a column of somebody's table can stand for. */
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
export type ImportField = (typeof importFields)[number];

/** How the columns of a generic export are read. */
export interface ImportMap {
  /** Column of each field; what is not named is looked for under the usual names. */
  readonly fields: Readonly<Partial<Record<ImportField, string>>>;
  /** What every line has that no column says. */
  readonly defaults: {
    readonly author?: string;
    readonly model_version?: string;
    readonly category?: string;
    readonly settings?: Readonly<Record<string, unknown>>;
  };
  readonly authorKind: AuthorKind;
  /** Lowest and highest value of a rating column; stars are made of them. null: words only. */
  readonly ratingScale: readonly [number, number] | null;
  /** Times without an offset are UTC; otherwise they are refused. */
  readonly assumeUtc: boolean;
}

export const plainImportMap: ImportMap = {
  fields: {},
  defaults: {},
  authorKind: 'imported',
  ratingScale: null,
  assumeUtc: false,
};
