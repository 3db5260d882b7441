import { checkArgument } from '../../domain/check-argument.ts';
import { InputError } from '../../domain/errors.ts';
import type { Candidate, Item } from '../../domain/item.ts';
import { parseItem } from '../../files/items.ts';
import { type JsonRecord, readRecords } from '../../files/read-records.ts';
import { RecordFields } from '../../files/record-fields.ts';

/** One model's response to one prompt, with the prompt's own fields. */
export interface Response extends Omit<Item, 'candidates'> {
  readonly candidate: Candidate;
}

/** Accepted names of the field with the text. */
const textKeys = ['response', 'text', 'output', 'completion', 'answer'] as const;

/**
 * Reads one model's responses by item id: lines of `{"id" | "item", "response", "prompt"?, "model"?, "metadata"?, …}`, or of
 * the items format with one candidate each. @throws InputError for a malformed line and a repeated id, naming the lines.
 * @example
 * const responses = await readResponses('new.jsonl');
 * console.log(responses.size);
 */
export async function readResponses(file: string): Promise<ReadonlyMap<string, Response>> {
  checkArgument('file', file, 'name');
  const responses = new Map<string, Response>();
  const lines = new Map<string, number>();
  for await (const { line, record } of readRecords(file)) {
    const response = parseResponse(record, file, line);
    const earlier = lines.get(response.id);
    if (earlier !== undefined) {
      throw new InputError(
        file,
        line,
        `a second response to item "${response.id}"; the first is on line ${earlier}`,
        {
          hint: 'a gate compares one response of each model to each prompt',
        },
      );
    }
    lines.set(response.id, line);
    responses.set(response.id, response);
  }
  if (responses.size === 0) throw new InputError(file, null, 'contains no responses');
  return responses;
}

function parseResponse(record: JsonRecord, file: string, line: number): Response {
  const fields = new RecordFields(file, line, record);
  const id = record.id === undefined && record.item !== undefined ? fields.id('item') : fields.id('id');
  const { candidates: _, ...about } = record;
  const item = parseItem({ ...about, id, candidates: listOf(record, fields) }, file, line);
  if (item.candidates.length > 1) {
    throw new InputError(
      file,
      line,
      `item "${id}" has ${item.candidates.length} candidates, one is expected`,
      {
        hint: 'to compare two candidates of an items file, give it as --items and name their models: --candidate NEW --baseline OLD',
      },
    );
  }
  const { candidates, ...rest } = item;
  return { ...rest, candidate: candidates[0]! };
}

function listOf(record: JsonRecord, fields: RecordFields): readonly unknown[] {
  if (record.candidates !== undefined) return fields.array('candidates');
  const key = textKeys.find((name) => record[name] !== undefined);
  if (key === undefined)
    fields.fail('response', `a string (also accepted: ${textKeys.slice(1).join(', ')}, or "candidates")`);
  const text = record[key as string];
  if (typeof text !== 'string') fields.fail(key as string, 'a string');
  const model = fields.optionalString('model');
  // no id of its own: the side's name is used
  return [{ id: ownId, text, ...(model === undefined ? {} : { model }) }];
}

/** Placeholder id of a response without one; replaced by the name of its side. */
export const ownId = '\0';
