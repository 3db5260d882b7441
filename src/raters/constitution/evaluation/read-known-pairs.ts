import { basename } from 'node:path';
import { InputError } from '../../../domain/errors.ts';
import type { Item } from '../../../domain/item.ts';
import { hashText } from '../../../files/content-hash.ts';
import { type JsonRecord, readRecords } from '../../../files/read-records.ts';

/** A pair with a known better response. */
export interface KnownPair {
  readonly item: Item;
  /** Id of the better candidate: `better`, the other is `worse`. */
  readonly gold: string;
  /** Name of its data set, for the report. */
  readonly set: string;
}

/** The pairs of a file, and the number of skipped lines. */
export interface KnownPairs {
  readonly pairs: readonly KnownPair[];
  readonly skipped: number;
}

/**
 * Reads pairs with a known better response, in the layouts of published sets:
 * `{prompt, a, b, gold: "A"|"B"}`, `{text_correct, text_incorrect}` (two whole conversations), and
 * `{prompt, corrects: [" (B)"], incorrects: [" (A)"]}` with the options in the prompt. The order of the
 * two is derived from a hash of the content. @throws InputError for a line of another layout
 */
export async function readKnownPairs(file: string): Promise<KnownPairs> {
  const pairs: KnownPair[] = [];
  let skipped = 0;
  for await (const { line, record } of readRecords(file)) {
    const found = fromChosen(record) ?? fromConversations(record) ?? fromOptions(record);
    if (found === undefined) {
      throw new InputError(file, line, 'no pair with a known better response', {
        hint: 'give {"prompt", "a", "b", "gold": "A" or "B"}',
      });
    }
    if (found === null) skipped += 1;
    else pairs.push(asPair(found, record, file, line));
  }
  return { pairs, skipped };
}

interface Found {
  readonly prompt: string;
  readonly better: string;
  readonly worse: string;
}

function asPair({ prompt, better, worse }: Found, record: JsonRecord, file: string, line: number): KnownPair {
  const both = [
    { id: 'better', text: better },
    { id: 'worse', text: worse },
  ];
  const swap = Number.parseInt(hashText(`${prompt}\n${better}`).slice(0, 2), 16) % 2 === 1;
  const set = typeof record.ds === 'string' ? record.ds : basename(file);
  const id = `${set}/${typeof record.id === 'string' ? record.id : line}`;
  const category = typeof record.cat === 'string' ? { category: record.cat } : {};
  return { item: { id, prompt, candidates: swap ? both.reverse() : both, ...category }, gold: 'better', set };
}

function fromChosen({ prompt, a, b, gold }: JsonRecord): Found | undefined {
  if (typeof prompt !== 'string' || typeof a !== 'string' || typeof b !== 'string') return undefined;
  if (gold !== 'A' && gold !== 'B') return undefined;
  return gold === 'A' ? { prompt, better: a, worse: b } : { prompt, better: b, worse: a };
}

/** Two conversations that differ in the last turn of the assistant. */
function fromConversations({ text_correct: right, text_incorrect: wrong }: JsonRecord): Found | undefined {
  if (typeof right !== 'string' || typeof wrong !== 'string') return undefined;
  const turn = '\n\nAssistant:';
  const end = right.lastIndexOf(turn);
  if (end < 0 || right.slice(0, end) !== wrong.slice(0, end) || !wrong.startsWith(turn, end)) {
    return { prompt: '(no shared prompt)', better: right.trim(), worse: wrong.trim() };
  }
  const from = end + turn.length;
  return {
    prompt: right.slice(0, end).trim(),
    better: right.slice(from).trim(),
    worse: wrong.slice(from).trim(),
  };
}

/** Options in the prompt; null if there are more than two. */
function fromOptions({ prompt, corrects, incorrects }: JsonRecord): Found | null | undefined {
  if (typeof prompt !== 'string' || !Array.isArray(corrects) || !Array.isArray(incorrects)) return undefined;
  if (corrects.length !== 1 || incorrects.length !== 1) return null;
  const optionOf = (label: unknown) => {
    const at = prompt.lastIndexOf(`\n${String(label)} `);
    return at < 0
      ? undefined
      : prompt
          .slice(at + String(label).length + 2)
          .split('\n')[0]!
          .trim();
  };
  const better = optionOf(corrects[0]);
  const worse = optionOf(incorrects[0]);
  if (better === undefined || worse === undefined) return undefined;
  const options = prompt.search(/\n \([A-Z]\) /);
  return { prompt: prompt.slice(0, options).trim(), better, worse };
}
