import type { Problem } from './problem.ts';
import type { ServerContext } from './route.ts';

/** A record of a body, or why it cannot be read. */
export type ReadRecord = { readonly value: unknown } | { readonly unreadable: string };

export type ReadBody =
  | { readonly ok: true; readonly batch: boolean; readonly records: readonly ReadRecord[] }
  | { readonly ok: false; readonly problem: Problem };

const mostRecords = 10_000;
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
  if (type !== 'application/json') return batch(text.split('\n').filter(hasText).map(readRecord));
  const whole = parse(text);
  if ('unreadable' in whole) return refuse(400, 'not-json', `the body ${whole.unreadable}`);
  if (Array.isArray(whole.value)) return batch(whole.value.map(checkRecord));
  return { ok: true, batch: false, records: [checkRecord(whole.value)] };
}

function batch(records: readonly ReadRecord[]): ReadBody {
  if (records.length <= mostRecords) return { ok: true, batch: true, records };
  return refuse(413, 'too-many', `${records.length} records in one batch; at most ${mostRecords}`);
}

function readRecord(line: string): ReadRecord {
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

function hasText(line: string): boolean {
  return line.trim() !== '';
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
