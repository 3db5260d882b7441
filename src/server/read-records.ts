import { setImmediate as nextTurn } from 'node:timers/promises';
import { isPageKey } from '../domain/intake.ts';
import { countJson } from './count-json.ts';
import type { Problem } from './problem.ts';
import type { ServerContext } from './route.ts';

/** A record of a body, or why it cannot be read. */
export type ReadRecord = { readonly value: unknown } | { readonly unreadable: string };

export type ReadBody =
  | {
      readonly ok: true;
      readonly batch: boolean;
      readonly records: readonly ReadRecord[];
      readonly characters: number;
    }
  | { readonly ok: false; readonly problem: Problem };

/** Records of one body: a page sends what one person did. */
const mostRecords = { page: 500, other: 10_000 };
/** Keys, texts, numbers and brackets of one record. A conversation of 1,000 turns has about 6,000. */
const mostValues = 10_000;
/** Characters that are parsed and checked between two pauses. */
const charactersATurn = 65_536;
/** Media types of a batch as lines of JSON. */
export const lineTypes = ['application/x-ndjson', 'application/jsonl'] as const;
// A form of another site cannot send these types without a CORS preflight.
const types = ['application/json', ...lineTypes] as const;
const typeHint = `send ${types.join(' or ')}, in UTF-8 and not compressed`;

/** Reads a body of one JSON object, a JSON array, or lines of JSON. */
export async function readRecords(c: ServerContext): Promise<ReadBody> {
  const type = (c.req.header('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (!types.some((known) => known === type) || c.req.header('content-encoding') !== undefined)
    return refuse(415, 'media-type', typeHint);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await c.req.arrayBuffer());
  } catch (error) {
    if (error instanceof TypeError) return refuse(400, 'encoding', 'the body is not UTF-8');
    throw error;
  }
  const limits = {
    records: isPageKey(c.get('token')) ? mostRecords.page : mostRecords.other,
    values: mostValues,
  };
  if (type !== 'application/json') return readLines(text, limits);
  const counted = await countJson(text, limits, nextTurn);
  if (!counted.ok) return tooMuch(counted.over, counted.limit);
  const { batch, spans } = counted.found;
  // what follows the last bracket of an array, too
  const rest = batch ? text.slice(spans.at(-1)?.[1] ?? text.indexOf('[') + 1).trim() : ']';
  if (rest !== ']') return refuse(400, 'not-json', 'the body is not JSON');
  const records = await inTurns(spans, (span) => text.slice(...span), parse);
  if (records.some((record) => 'unreadable' in record))
    return refuse(400, 'not-json', 'the body is not JSON');
  const checked = records.map((one) => ('value' in one ? checkRecord(one.value) : one));
  return { ok: true, batch, records: checked, characters: text.length };
}

/** Lines are counted before one is parsed. */
async function readLines(text: string, limits: { readonly records: number }): Promise<ReadBody> {
  const lines: string[] = [];
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from);
    const line = text.slice(from, end === -1 ? text.length : end);
    if (line.trim() !== '') lines.push(line);
    if (lines.length > limits.records) return tooMuch('records', limits.records);
    from += line.length + 1;
  }
  const records = await inTurns(lines, (line) => line, readRecord);
  return { ok: true, batch: true, records, characters: text.length };
}

/** Reads pieces of text one after the other, and lets other requests run after every 65,536 characters. */
async function inTurns<T>(
  pieces: readonly T[],
  textOf: (piece: T) => string,
  read: (text: string) => ReadRecord,
): Promise<ReadRecord[]> {
  const records: ReadRecord[] = [];
  let characters = 0;
  for (const piece of pieces) {
    const text = textOf(piece);
    characters += text.length;
    if (characters > charactersATurn) {
      await nextTurn();
      characters = 0;
    }
    records.push(read(text));
  }
  return records;
}

function tooMuch(what: 'records' | 'values', limit: number): ReadBody {
  return what === 'records'
    ? refuse(413, 'too-many', `more than ${limit} records in one batch`)
    : refuse(413, 'too-many', `a record has more than ${limit} values`);
}

function readRecord(line: string): ReadRecord {
  if (valuesAtLeast(line) > mostValues) return { unreadable: `has more than ${mostValues} values` };
  const record = parse(line);
  return 'unreadable' in record ? record : checkRecord(record.value);
}

function parse(text: string): ReadRecord {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { unreadable: 'is not JSON' };
  }
}

function checkRecord(value: unknown): ReadRecord {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { unreadable: 'is not an object' };
  const hostile = hostileValue(value);
  return hostile === undefined ? { value } : { unreadable: hostile };
}

/** At most as many values as the parser would build, without parsing: commas and colons outside of texts count. */
function valuesAtLeast(line: string): number {
  if (line.length <= mostValues) return 0;
  let [values, inString] = [0, false];
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at];
    if (inString && character === '\\') at += 1;
    else if (character === '"') inString = !inString;
    else if (!inString && (character === ',' || character === '[' || character === '{')) values += 1;
  }
  return values;
}

function refuse(status: 400 | 413 | 415, code: string, detail: string): ReadBody {
  return { ok: false, problem: { status, code, detail } };
}

const deepest = 32;

/** Detects hostile JSON: excessive nesting, prototype keys, and lone surrogates, which a store cannot keep.
 * @returns the reason, or undefined for harmless JSON
 */
function hostileValue(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return value.isWellFormed() ? undefined : 'holds half of a character';
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth === deepest) return `is nested deeper than ${deepest} levels`;
  for (const key of Object.keys(value)) {
    if (key === '__proto__') return 'has a key "__proto__"';
    const found = hostileValue(key) ?? hostileValue((value as Record<string, unknown>)[key], depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
