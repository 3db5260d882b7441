import { InputError } from '../domain/errors.ts';
import type { Row } from './json-record.ts';
import { isRecord, type JsonRecord } from './json-record.ts';
import { readJsonElements } from './read-json-elements.ts';

/** Where tools put the list of records in a JSON object, most specific first. */
export const recordLists = [
  'results.results',
  'results.items',
  'data.results',
  'data.items',
  'samples',
  'results',
  'records',
  'rows',
  'items',
  'examples',
  'feedback',
  'feedbacks',
  'events',
  'annotations',
  'assessments',
  'test_results',
  'testCases',
  'test_cases',
  'runs',
  'traces',
  'scores',
  'judgments',
  'battles',
  'conversations',
  'data',
] as const;

/** A JSON object read as a whole: its records, and what stands beside them. */
export interface JsonDocument {
  /** Path of the list of records; null: the object is the only record. */
  readonly list: string | null;
  readonly rows: readonly Row[];
  /** The object without its list. */
  readonly facts: JsonRecord;
}

/** Finds the records of a JSON object. @throws InputError if the text is not one */
export async function readJsonDocument(file: string, text: string): Promise<JsonDocument> {
  let document: unknown;
  try {
    document = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(file, null, `not valid JSON: ${detail.slice(0, 120)}`, { cause });
  }
  if (!isRecord(document)) throw new InputError(file, 1, 'expected a JSON object or a list of them');
  const table = tableOf(document);
  if (table !== null) {
    const rows = table.rows.map((record, index) => ({ line: index + 1, record }));
    return { list: table.list, rows, facts: omit(document, table.list) };
  }
  const list = listIn(document);
  if (list === null) return { list: null, rows: [{ line: 1, record: document }], facts: {} };
  return { list: list.path, rows: await rowsOf(file, text, list), facts: omit(document, list.path) };
}

interface RecordList {
  readonly path: string;
  readonly records: readonly unknown[];
}

async function rowsOf(file: string, text: string, { path, records }: RecordList): Promise<Row[]> {
  const lines: number[] = [];
  const elements = readJsonElements(file, { arrays: [path] }, pieces(text));
  for await (const { line } of elements) lines.push(line);
  return records.map((record, index) => {
    const line = lines[index] ?? index + 1;
    return isRecord(record) ? { line, record } : { line, problem: 'is not a JSON object' };
  });
}

async function* pieces(text: string): AsyncGenerator<string> {
  yield text;
}

/** The usual lists first, then the longest list of objects up to two keys deep. */
function listIn(document: JsonRecord): RecordList | null {
  const found: RecordList[] = [];
  for (const [key, value] of Object.entries(document)) {
    if (isListOfRecords(value)) found.push({ path: key, records: value });
    if (!isRecord(value)) continue;
    for (const [inner, deep] of Object.entries(value)) {
      if (isListOfRecords(deep)) found.push({ path: `${key}.${inner}`, records: deep });
    }
  }
  const usual = recordLists.flatMap((path) => found.filter((list) => list.path === path));
  if (usual.length > 0) return usual[0]!;
  // a lone record may hold lists of its own: its messages, its candidates
  if (Object.values(document).some((value) => typeof value !== 'object')) return null;
  return found.sort((a, b) => b.records.length - a.records.length)[0] ?? null;
}

function isListOfRecords(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0 && isRecord(value[0]);
}

/** Columns and rows apart (tables of W&B, `orient="split"` of pandas), or a column of cells by row (pandas). */
function tableOf(
  document: JsonRecord,
): { readonly list: string; readonly rows: readonly JsonRecord[] } | null {
  const { columns, data } = document;
  if (Array.isArray(columns) && Array.isArray(data) && data.every(Array.isArray)) {
    const rows = (data as unknown[][]).map((cells) =>
      Object.fromEntries(columns.map((column, index) => [String(column), cells[index]])),
    );
    return { list: 'data', rows };
  }
  const cells = Object.values(document);
  const keys = isRecord(cells[0]) ? Object.keys(cells[0]) : [];
  const isByColumn = (value: unknown) =>
    isRecord(value) && Object.keys(value).length === keys.length && keys.every((key) => key in value);
  if (keys.length === 0 || !keys.every((key) => /^\d+$/.test(key)) || !cells.every(isByColumn)) return null;
  const rows = keys.map((key) =>
    Object.fromEntries(Object.entries(document).map(([name, column]) => [name, (column as JsonRecord)[key]])),
  );
  return { list: '', rows };
}

function omit(document: JsonRecord, path: string): JsonRecord {
  const [key, inner] = path.split('.', 2) as [string, string?];
  const rest = Object.entries(document).flatMap(([name, value]): [string, unknown][] => {
    if (name !== key) return [[name, value]];
    return inner === undefined || !isRecord(value) ? [] : [[name, omit(value, inner)]];
  });
  return Object.fromEntries(rest);
}
