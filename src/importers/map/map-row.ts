import type { FieldSource, RowCondition, RowMap } from '../../domain/row-map.ts';
import { isRecord, type JsonRecord } from '../../files/json-record.ts';
import { expandRow, type RowScope } from './expand-row.ts';

/** What a row became. `leftOut` and `problems` are counted by their text. */
export interface MappedRow {
  /** Values by field; fields without a value are absent. */
  readonly records: readonly JsonRecord[];
  readonly leftOut: readonly string[];
  readonly problems: readonly string[];
}

/** Finds the row of the joined file with a key; undefined if there is none. */
export type JoinedRow = (key: string) => JsonRecord | undefined;

/** Reads rows under a map. Values keep their types; nothing is converted here. */
export function rowMapper(map: RowMap, joined?: JoinedRow): (row: JsonRecord) => MappedRow {
  const paths = pathsIn(map);
  const unpivot = map.unpivot.map(globOf);
  return (row) => {
    const partner = joinRow(row, map, joined);
    if ('problem' in partner) return { records: [], leftOut: [], problems: [partner.problem] };
    const into = { records: [] as JsonRecord[], leftOut: [] as string[], problems: [] as string[] };
    for (const one of unpivoted(partner.row, unpivot)) {
      const expanded = expandRow(one, paths);
      if ('problem' in expanded) into.problems.push(expanded.problem);
      else if (expanded.scopes.length === 0) into.leftOut.push('its lists are empty');
      else for (const scope of expanded.scopes) readScope(scope, map, into);
    }
    return into;
  };
}

function readScope(
  scope: RowScope,
  { where, fields }: RowMap,
  into: { records: JsonRecord[]; leftOut: string[]; problems: string[] },
): void {
  const failed = where.find((condition) => !holds(condition, scope));
  if (failed !== undefined) {
    into.leftOut.push(`where: ${failed.column} is ${show(scope(failed.column))}`);
    return;
  }
  const record: Record<string, unknown> = {};
  const wrong: string[] = [];
  for (const [field, source] of Object.entries(fields)) {
    const found = sourceValue(scope, field, source);
    if (found instanceof Problem) wrong.push(found.problem);
    else if (!isEmpty(found)) record[field] = found;
  }
  if (wrong.length > 0) into.problems.push(...wrong);
  else into.records.push(record);
}

/** Every path that a map reads, its conditions and templates included. */
function pathsIn(map: Pick<RowMap, 'fields' | 'where'>): string[] {
  const ofFields = Object.values(map.fields).flatMap(({ column, template }) => [
    ...(column === undefined ? [] : [column]),
    ...(template === undefined ? [] : holesOf(template)),
  ]);
  return [...ofFields, ...map.where.map(({ column }) => column)];
}

export function holesOf(template: string): string[] {
  // `{}` inside of a path is a list marker, not a hole
  return [...template.matchAll(/\{([^{}]+(?:\{\}[^{}]*)*)\}/g)].map((match) => match[1]!);
}

function joinRow(
  row: JsonRecord,
  { join }: RowMap,
  joined: JoinedRow | undefined,
): { readonly row: JsonRecord } | { readonly problem: string } {
  if (join === null || joined === undefined) return { row };
  const key = expandRow(row, [join.on[0]]);
  const value = 'scopes' in key ? key.scopes[0]?.(join.on[0]) : undefined;
  const partner = isEmpty(value) ? undefined : joined(String(value));
  if (partner !== undefined) return { row: { ...row, [join.as]: partner } };
  if (join.isOptional) return { row };
  return { problem: `no row of ${join.file} has ${join.on[1]} ${show(value)}` };
}

function* unpivoted(row: JsonRecord, patterns: readonly RegExp[]): Generator<JsonRecord> {
  if (patterns.length === 0) {
    yield row;
    return;
  }
  for (const [column, value] of Object.entries(row)) {
    if (!isEmpty(value) && patterns.some((pattern) => pattern.test(column))) yield { ...row, column, value };
  }
}

export function globOf(glob: string): RegExp {
  return new RegExp(`^${glob.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);
}

function holds({ column, is, isNegated }: RowCondition, scope: RowScope): boolean {
  const value = scope(column);
  const found = isEmpty(value)
    ? is.includes(null)
    : is.some((wanted) => wanted !== null && keyOf(value).toLowerCase() === wanted.toLowerCase());
  return found !== isNegated;
}

class Problem {
  constructor(readonly problem: string) {}
}

function sourceValue(scope: RowScope, field: string, source: FieldSource): unknown {
  const { column, template, values } = source;
  if (column === undefined && template === undefined) return source.constant;
  const raw = template === undefined ? scope(column!) : filled(template, scope);
  if (isEmpty(raw)) return source.default;
  if (values === undefined) return raw;
  if (Array.isArray(raw)) {
    const mapped = raw.map((one) => meaningOf(one, field, source, values));
    return mapped.find((one) => one instanceof Problem) ?? mapped;
  }
  return meaningOf(raw, field, source, values);
}

function meaningOf(
  raw: unknown,
  field: string,
  source: FieldSource,
  values: NonNullable<FieldSource['values']>,
) {
  const key = keyOf(raw);
  if (Object.hasOwn(values, key)) return values[key];
  // Python writes True, a spreadsheet TRUE
  const loose = /^(true|false)$/i.test(key) ? key.toLowerCase() : key;
  if (Object.hasOwn(values, loose)) return values[loose];
  if ('otherwise' in source) return source.otherwise;
  const known = Object.keys(values).slice(0, 8).join(', ');
  return new Problem(`${source.column ?? field} ${show(raw)} is not among the values of the map: ${known}`);
}

function filled(template: string, scope: RowScope): string | undefined {
  let isComplete = true;
  const text = template.replace(/\{([^{}]+(?:\{\}[^{}]*)*)\}/g, (_, path: string) => {
    const value = scope(path);
    if (isEmpty(value)) isComplete = false;
    return keyOf(value);
  });
  return isComplete ? text : undefined;
}

/** The text by which a value is looked up: that of a number or literal, else its JSON. */
function keyOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return isRecord(value) || Array.isArray(value) ? JSON.stringify(value) : String(value);
}

export function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** A value in a message, shortened. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
