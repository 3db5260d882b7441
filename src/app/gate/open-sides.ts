import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ConfigError } from '../../domain/errors.ts';
import type { GateBaseline, GateSide } from '../../domain/gate.ts';
import type { Item } from '../../domain/item.ts';
import { readItems } from '../../files/items.ts';
import { readText } from '../../files/read-lines.ts';
import { checkResponses, parseBaseline } from '../../gate/baseline/check-baseline.ts';
import { hashResponses, type ResponseSet } from '../../gate/evaluation/pair-responses.ts';
import { type Response, readResponses } from '../../gate/evaluation/read-responses.ts';

/** Where responses come from: a file, a committed baseline, or the model (or id) of candidates in the items file. */
export interface ResponseSource {
  /** What results and messages call it; the model or id, where there is no such file. */
  readonly name: string;
  /** The absolute path that the name would have. */
  readonly file: string;
}

/** One model's responses, with what names them in the result. */
export interface OpenSide extends ResponseSet {
  readonly side: GateSide;
  /** The file of the responses; null where they stand in the items file. */
  readonly file: string | null;
  /** The committed record that led to them. */
  readonly record: GateBaseline | null;
}

/** A committed record is one JSON object of a few kilobytes. */
const maxRecordBytes = 4 * 1024 * 1024;

/** The items of a file by id. */
export async function openItems(file: string): Promise<ReadonlyMap<string, Item>> {
  const known = new Map<string, Item>();
  for await (const item of readItems(file)) known.set(item.id, item);
  return known;
}

/** @throws ConfigError, InputError */
export async function openSide(
  role: 'candidate' | 'baseline',
  { name, file }: ResponseSource,
  items: ReadonlyMap<string, Item> | null,
): Promise<OpenSide> {
  if (!existsSync(file)) return fromItems(`--${role}`, name, items);
  const record = await readRecord(file);
  if (record === null) return fromFile(file, name, null);
  if (role === 'candidate') throw new ConfigError(`${name} is a committed baseline, not a file of responses`);
  const side = await fromFile(resolve(dirname(file), record.responses), name, record);
  checkResponses(record, side.side.responses_hash!, name);
  return side;
}

async function readRecord(file: string): Promise<GateBaseline | null> {
  if (file.endsWith('.gz') || statSync(file).size > maxRecordBytes) return null;
  return parseBaseline(await readText(file), file);
}

async function fromFile(file: string, source: string, record: GateBaseline | null): Promise<OpenSide> {
  return { ...asSide(source, await readResponses(file)), file, record };
}

/** The candidates of one model in the items file. */
function fromItems(flag: string, name: string, items: ReadonlyMap<string, Item> | null): OpenSide {
  const responses = new Map<string, Response>();
  const models = new Set<string>();
  for (const { candidates, ...item } of items?.values() ?? []) {
    const own = candidates.filter(({ id, model }) => id === name || model === name);
    for (const { id, model } of candidates) models.add(model ?? id);
    if (own.length > 1)
      throw new ConfigError(`item "${item.id}" has ${own.length} candidates called "${name}" for ${flag}`);
    if (own[0] !== undefined) responses.set(item.id, { ...item, candidate: own[0] });
  }
  if (responses.size > 0) return { ...asSide(name, responses), file: null, record: null };
  throw new ConfigError(
    `${flag}: there is no file ${name}${items === null ? '' : ', and no candidate of that name'}`,
    [],
    {
      hint:
        items === null
          ? 'a file of responses: one JSON object a line with "id", "prompt" and "response"'
          : `models in the items file: ${[...models].slice(0, 10).join(', ')}`,
    },
  );
}

function asSide(source: string, responses: ReadonlyMap<string, Response>): ResponseSet & { side: GateSide } {
  const models = new Set([...responses.values()].map(({ candidate }) => candidate.model ?? null));
  const [model = null] = models;
  const rows = [...responses.values()].map(
    ({ id, prompt, candidate }) => [id, prompt, candidate.text] as const,
  );
  return {
    source,
    responses,
    side: { model: models.size === 1 ? model : null, source, responses_hash: hashResponses(rows) },
  };
}
