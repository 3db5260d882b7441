import { z } from 'zod';
import {
  dateOrders,
  type FieldSource,
  type RowCondition,
  type RowJoin,
  type RowMap,
} from '../../domain/row-map.ts';
import { defined, text } from '../yaml/common-schema.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const meanings = z.record(z.string(), z.unknown());

const source = z
  .strictObject({
    column: text
      .optional()
      .describe('Path of the value in a row, for example "data.prompt" or "turns[0].content"'),
    constant: z.unknown().optional().describe('The same value for every record'),
    template: text.optional().describe('Text with paths in braces, for example "{question_id}:{turn}"'),
    values: meanings
      .optional()
      .describe('What a value becomes, for example {model_a: first, model_b: second}'),
    otherwise: z
      .unknown()
      .optional()
      .describe('What a value becomes that is not listed; without it, such a row is a mistake'),
    default: z.unknown().optional().describe('The value where the row has none'),
  })
  .refine((one) => one.column !== undefined || one.template !== undefined || one.constant !== undefined, {
    message: 'needs one of column, template, constant',
  });

/** A path, or more about where a value comes from. */
export const fieldSource = z
  .union([text, source])
  .describe('A path of the row, or {column, values, default, constant, template}');

const wanted = z.union([scalar, z.null(), z.array(z.union([scalar, z.null()])).min(1)]);

/** The keys that every map of rows has beside its fields; spread them into a strict object. */
export const rowMapKeys = {
  values: z
    .record(z.string(), meanings)
    .prefault({})
    .describe('What values become, by field or column: {preferred: {model_a: first, model_b: second}}'),
  where: z
    .record(z.string(), z.union([wanted, z.strictObject({ not: wanted })]))
    .prefault({})
    .describe(
      'Rows that count, by column: {status: submitted, name: [a, b], deleted: {not: true}}; null: empty',
    ),
  unpivot: z
    .union([text, z.array(text)])
    .prefault([])
    .describe(
      'Columns of which each cell is a record of its own, with `column` (its name) and `value`; * is allowed',
    ),
  join: z
    .strictObject({
      file: text.describe('File of the other rows, relative to the map'),
      on: z
        .record(text, text)
        .refine((on) => Object.keys(on).length === 1, 'must be one {path here: path there}')
        .describe('Path of the key here and in the other file, for example {trace_id: id}'),
      as: text.describe('Name of the other row in paths, for example "trace" for trace.input'),
      optional: z.boolean().default(false).describe('Keep rows without a partner'),
    })
    .optional()
    .describe('A second file, joined by a key'),
  zone: text
    .refine(isKnownZone, 'must be the name of a time zone, for example Europe/Berlin or UTC')
    .optional()
    .describe(
      'Time zone of times without an offset, for example America/New_York; without it, they are refused',
    ),
  dates: z
    .enum(dateOrders)
    .default('ymd')
    .describe('Order of dates such as 05/28/2026: mdy in the United States, dmy in most of Europe'),
} as const;

type Keys = z.output<z.ZodObject<typeof rowMapKeys>>;
export type WrittenSource = z.output<typeof fieldSource>;

/** The map that the keys and fields of a document describe. */
export function rowMapOf(fields: Readonly<Record<string, WrittenSource | undefined>>, keys: Keys): RowMap {
  const entries = Object.entries(fields).flatMap(([field, written]): [string, FieldSource][] =>
    written === undefined ? [] : [[field, sourceOf(field, written, keys.values)]],
  );
  return {
    fields: Object.fromEntries(entries),
    where: Object.entries(keys.where).map(([column, condition]) => conditionOf(column, condition)),
    unpivot: typeof keys.unpivot === 'string' ? [keys.unpivot] : keys.unpivot,
    join: keys.join === undefined ? null : joinOf(keys.join),
    times: { zone: keys.zone ?? null, dates: keys.dates },
  };
}

function sourceOf(field: string, written: WrittenSource, values: Keys['values']): FieldSource {
  const one = typeof written === 'string' ? { column: written } : defined(written);
  const shared = values[field] ?? (one.column === undefined ? undefined : values[one.column]);
  return shared === undefined || one.values !== undefined ? one : { ...one, values: shared };
}

function conditionOf(column: string, condition: Keys['where'][string]): RowCondition {
  const isNegated = typeof condition === 'object' && condition !== null && 'not' in condition;
  const one = isNegated ? condition.not : (condition as z.output<typeof wanted>);
  const is = (Array.isArray(one) ? one : [one]).map((value) => (value === null ? null : String(value)));
  return { column, is, isNegated };
}

function joinOf({ file, on, as, optional }: NonNullable<Keys['join']>): RowJoin {
  const [keys] = Object.entries(on);
  return { file, on: keys!, as, isOptional: optional };
}

function isKnownZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
