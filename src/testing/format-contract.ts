import assert from 'node:assert/strict';
import { checkFormat } from '../app/check-parts.ts';
import type { Example } from '../datasets/example.ts';
import type { DatasetFormat } from '../datasets/formats/format.ts';
import type { Check } from './check.ts';

const meta = {
  id: 'i1:a|b',
  item: 'i1',
  category: null,
  cluster: null,
  source: 'ai',
  probability: 0.9,
  basis: 'uncalibrated',
  candidates: ['a', 'b'],
  models: [null, null],
} as const;
const prompt = [{ role: 'user', content: 'What is 2 + 2? "Quotes", ünïcode\nand a new line' }] as const;

const examples: readonly Example[] = [
  { kind: 'preference', meta, prompt, chosen: 'It is 4.', rejected: 'It is 5.', margin: 2.2 },
  { kind: 'completion', meta, prompt, completion: 'It is 4.', label: true },
  { kind: 'completion', meta, prompt, completion: 'It is 5.', label: false },
];

/**
 * What an export format keeps to.
 * @example
 * const format = { name: 'pairs', readBy: 'a script of ours', row: () => 'no_pair' };
 * await runChecks(formatContract(format));
 */
export function formatContract(format: DatasetFormat): readonly Check[] {
  return [
    { name: 'describes itself completely', run: async () => checkFormat(format, 'format') },
    {
      name: 'gives a row, or a reason in snake_case',
      run: async () => {
        for (const example of examples) {
          const row: unknown = format.row(example);
          if (typeof row === 'string') assert.match(row, /^[a-z][a-z0-9_-]*$/);
          else
            assert.ok(
              typeof row === 'object' && row !== null && !Array.isArray(row),
              'a row must be an object',
            );
        }
      },
    },
    {
      name: 'gives rows that survive JSON',
      run: async () => {
        for (const example of examples) {
          const row = format.row(example);
          if (typeof row !== 'string') assert.deepEqual(JSON.parse(JSON.stringify(row)), row);
        }
      },
    },
    {
      name: 'gives the same row for the same example, and leaves the example as it was',
      run: async () => {
        for (const example of examples) {
          const before = JSON.stringify(example);
          assert.deepEqual(format.row(example), format.row(example));
          assert.equal(JSON.stringify(example), before);
        }
      },
    },
  ];
}
