import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countJson } from './count-json.ts';

const generous = { records: Infinity, values: Infinity };
const noPause = () => Promise.resolve();

describe('countJson', () => {
  it('finds the records that the parser finds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.nat(3), async (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const counted = await countJson(text, generous, noPause);
        if (!counted.ok) throw new Error('nothing is too much');
        const { batch, spans } = counted.found;
        const records = spans.map(([start, end]) => JSON.parse(text.slice(start, end)) as unknown);
        const parsed = JSON.parse(text) as unknown;
        expect(batch).toBe(Array.isArray(parsed));
        expect(records).toEqual(batch ? parsed : [parsed]);
      }),
    );
  });

  it('pauses at least once in 65,537 characters, and stops at the limit', async () => {
    let pauses = 0;
    const pause = () => {
      pauses += 1;
      return Promise.resolve();
    };
    const numbers = `{"query":[${Array(1_000_000).fill(1).join()}]}`;
    await countJson(numbers, generous, pause);
    expect(pauses).toBe(Math.floor((numbers.length - 1) / 65_536));
    pauses = 0;
    expect(await countJson(numbers, { records: 1, values: 10_000 }, pause)).toMatchObject({ over: 'values' });
    expect(pauses).toBe(0);
    expect(await countJson(`[${'{},'.repeat(600)}{}]`, { records: 500, values: 9 }, pause)).toMatchObject({
      over: 'records',
    });
  });
});
