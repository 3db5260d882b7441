import { checkArgument } from '../domain/check-argument.ts';
import { InputError } from '../domain/errors.ts';
import type { Candidate, Item } from '../domain/item.ts';
import type { ChatMessage } from '../domain/message.ts';
import { BrokenLines } from './broken-lines.ts';
import type { JsonRecord } from './json-record.ts';
import { openRows } from './open-rows.ts';
import { RecordFields } from './record-fields.ts';

const roles = ['system', 'user', 'assistant', 'tool'] as const;

/**
 * Streams the items of a file. From the first malformed item or repeated id on it yields no more, but reads to the end
 * to name all of them.
 * @param limit stop after so many items
 * @throws InputError
 * @example
 * for await (const { id, candidates } of readItems('items.jsonl.gz', 10)) console.log(id, candidates.length);
 */
export async function* readItems(file: string, limit = Number.POSITIVE_INFINITY): AsyncGenerator<Item> {
  checkArgument('file', file, 'name');
  const seen = new Map<string, number>();
  const broken = new BrokenLines(file);
  try {
    const { rows } = await openRows(file);
    for await (const row of rows) {
      if (!('problem' in row || 'record' in row)) continue;
      let item: Item;
      try {
        if ('problem' in row) throw new InputError(file, row.line, row.problem);
        item = uniqueItem(parseItem(row.record, file, row.line), seen, file, row.line);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        broken.add(error);
        if (seen.size === 0 && broken.count >= hopeless) break;
        continue;
      }
      if (broken.count === 0) yield item;
      if (seen.size >= limit) break;
    }
  } catch (error) {
    // a line that is no text ends the reading
    if (broken.count === 0 || !(error instanceof InputError)) throw error;
    broken.add(error);
  }
  broken.throwIfAny();
}

/** A file without one item in so many lines is not a file of items. */
const hopeless = 1000;

function uniqueItem(item: Item, seen: Map<string, number>, file: string, line: number): Item {
  const earlier = seen.get(item.id);
  if (earlier !== undefined) {
    throw new InputError(file, line, `item id "${item.id}" is already used on line ${earlier}`, {
      hint: 'give each item a unique id',
    });
  }
  seen.set(item.id, line);
  return item;
}

/** Validates one parsed line as an item. @throws InputError */
export function parseItem(record: JsonRecord, file: string, line: number): Item {
  const fields = new RecordFields(file, line, record);
  const id = fields.id('id');
  requireKnownShape(record, id, file, line);
  const candidates = fields
    .array('candidates')
    .map((value, index) => parseCandidate(value, index, file, line));
  if (candidates.length === 0) {
    throw new InputError(file, line, `item "${id}" has no candidates`, {
      hint: 'a pair needs two, a score one',
    });
  }
  const ids = new Set<string>();
  for (const candidate of candidates) {
    if (ids.has(candidate.id)) {
      throw new InputError(file, line, `item "${id}" has two candidates with the id "${candidate.id}"`);
    }
    ids.add(candidate.id);
  }
  return {
    ...(record as Partial<Item>),
    id,
    prompt: parsePrompt(record, fields, file, line),
    candidates,
    ...optional('reference', fields.optionalString('reference')),
    ...optional('category', fields.optionalString('category')),
    ...optional('cluster', fields.optionalString('cluster')),
    ...optional('context', parseContext(record, fields)),
  };
}

/** Where other formats keep the question and the responses. */
const promptElsewhere = [
  'messages',
  'conversation',
  'conversations',
  'question',
  'instruction',
  'input',
  'query',
];
const candidatesElsewhere = [
  ['chosen', 'rejected'],
  ['response_a', 'response_b'],
  ['output_1', 'output_2'],
  ['response'],
  ['responses'],
  ['output'],
  ['completions'],
];

/** Lines of another format are named as such: read as items, they would have no prompt or no candidates. */
function requireKnownShape(record: JsonRecord, id: string, file: string, line: number): void {
  const has = (key: string) => record[key] !== undefined && record[key] !== null;
  const prompt = has('prompt') ? undefined : promptElsewhere.find(has);
  if (prompt !== undefined) {
    throw new InputError(
      file,
      line,
      `item "${id}" has "${prompt}" but no "prompt": judges would see no question`,
      {
        hint: `rename "${prompt}" to "prompt" (a string or a list of chat messages)`,
      },
    );
  }
  const keys = has('candidates') ? undefined : candidatesElsewhere.find((names) => names.every(has));
  if (keys === undefined) return;
  const names = keys.map((key) => `"${key}"`).join(' and ');
  throw new InputError(file, line, `item "${id}" has ${names} but no "candidates"`, {
    hint: 'write "candidates": [{"id": "a", "text": "…"}, {"id": "b", "text": "…"}]',
  });
}

function parseCandidate(value: unknown, index: number, file: string, line: number): Candidate {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InputError(file, line, `"candidates[${index}]" must be an object with "id" and "text"`);
  }
  const record = value as JsonRecord;
  const fields = new RecordFields(file, line, record, `candidates[${index}].`);
  const text = record.text;
  if (text !== null && typeof text !== 'string')
    fields.fail('text', 'a string (or null where it is not known)');
  return { ...(record as Partial<Candidate>), id: fields.id('id'), text: text as string | null };
}

function parsePrompt(record: JsonRecord, fields: RecordFields, file: string, line: number): Item['prompt'] {
  const prompt = record.prompt ?? null;
  if (prompt === null || typeof prompt === 'string') return prompt;
  if (!Array.isArray(prompt) || prompt.length === 0)
    fields.fail('prompt', 'a string or a list of chat messages');
  return (prompt as readonly unknown[]).map((value, index) => parseMessage(value, index, file, line));
}

function parseMessage(value: unknown, index: number, file: string, line: number): ChatMessage {
  const record = (typeof value === 'object' && value !== null ? value : {}) as JsonRecord;
  const fields = new RecordFields(file, line, record, `prompt[${index}].`);
  const role = fields.oneOf('role', roles);
  const calls = record.tool_calls;
  if (calls !== undefined && calls !== null && !Array.isArray(calls)) fields.fail('tool_calls', 'a list');
  // an assistant turn that only calls tools has no text
  const content = fields.optionalString('content') ?? (Array.isArray(calls) ? '' : undefined);
  if (content === undefined) fields.fail('content', 'a string');
  return {
    role,
    content: content as string,
    ...optional('tool_calls', (calls ?? undefined) as readonly unknown[] | undefined),
    ...optional('tool_call_id', fields.optionalString('tool_call_id')),
    ...optional('name', fields.optionalString('name')),
  };
}

function parseContext(record: JsonRecord, fields: RecordFields): readonly string[] | undefined {
  if (record.context === undefined || record.context === null) return undefined;
  const passages = typeof record.context === 'string' ? [record.context] : fields.array('context');
  if (!passages.every((passage) => typeof passage === 'string')) fields.fail('context', 'a list of strings');
  return passages as readonly string[];
}

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}
