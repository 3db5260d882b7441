import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { hashText } from '../../src/files/content-hash.ts';
import { readRecords } from '../../src/files/read-records.ts';
import { parseVerdict } from '../../src/raters/llm/verdict/parse-verdict.ts';
import { sharedData, sharedDataPresent } from '../support/shared-data.ts';

interface Reading {
  readonly set: string;
  readonly item: string;
  readonly judge: string;
  readonly order: string;
  /** What the source's own parser read: first | second | tie | invalid. */
  readonly source: string;
  /** What this reader reads. */
  readonly read: string;
}

/**
 * Why a reading differs from the source's:
 * - `source-line-start`: this one judge's recorded pattern takes "Output (a)" at the start of any line for a verdict
 *   for (a), whatever the line says of it, and looks for (b) only then; the same model's other recorded pattern, and
 *   this reader, look for the sentence "Output (x) is better".
 * - `last-closes`: the source takes no verdict where two differ; here the one that closes the reply stands.
 * - `heading-markup`: the sentence asked for, set as a heading.
 */
type Difference = Reading & { readonly why: 'source-line-start' | 'last-closes' | 'heading-markup' };

const listed = JSON.parse(
  readFileSync(new URL('./source-disagreements.json', import.meta.url), 'utf8'),
) as readonly Difference[];
const lineStartJudges = new Set(['PaLM2/CoT']);

describe.skipIf(!sharedDataPresent())('recorded replies of real judges', () => {
  const readings: Reading[] = [];

  beforeAll(async () => {
    for await (const { record } of readRecords(sharedData('text/raw-judge-outputs.jsonl.gz'))) {
      const row = record as Readonly<Record<'ds' | 'id' | 'j' | 'o' | 'fmt' | 'text' | 'shown', string>>;
      const reading = parseVerdict(row.text ?? '', row.fmt === 'arena-hard' ? 'arena-hard' : 'output-ab');
      const read =
        reading.outcome === 'verdict' && 'position' in reading ? reading.position : reading.outcome;
      readings.push({ set: row.ds, item: row.id, judge: row.j, order: row.o, source: row.shown, read });
    }
  });

  const agree = (each: Reading) =>
    each.read === each.source || (each.source === 'invalid' && each.read === 'abstain');
  const readable = (each: Reading) => each.source !== 'invalid';

  it('differ from the source only where it is listed, each with its reason', () => {
    const differences = readings.filter((each) => !agree(each));
    expect(differences).toEqual(listed.map(({ why: _, ...reading }) => reading));
  });

  it('are read as the source reads them: 99.0 % of all readable ones, all but one pattern of one judge', () => {
    const all = readings.filter(readable);
    expect(all.length).toBe(1806);
    expect(all.filter(agree).length / all.length).toBeGreaterThan(0.99);
    const others = all.filter((each) => !lineStartJudges.has(each.judge));
    for (const half of [0, 1]) {
      const part = others.filter((each) => Number.parseInt(hashText(each.item).slice(0, 8), 16) % 2 === half);
      expect(part.length).toBeGreaterThan(700);
      expect(part.filter(agree).length / part.length).toBeGreaterThanOrEqual(0.995);
    }
  });

  it('become a verdict without the source only where their last statement is plain', () => {
    const gained = listed.filter((each) => each.source === 'invalid');
    expect(gained.length).toBeLessThanOrEqual(10);
    expect(gained.every((each) => each.why === 'last-closes' || each.why === 'heading-markup')).toBe(true);
  });
});
