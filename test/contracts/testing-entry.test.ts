import { describe, expect, it } from 'vitest';
import { openai } from '../../src/datasets/formats/openai.ts';
import { defineProvider } from '../../src/providers/define-provider.ts';
import { providers } from '../../src/providers/index.ts';
import { defineRater } from '../../src/raters/define-rater.ts';
import { MemoryStore, newMemoryState } from '../../src/store/memory/memory-store.ts';
import { registerChecks, runChecks } from '../../src/testing/check.ts';
import { formatContract } from '../../src/testing/format-contract.ts';
import { providerContract } from '../../src/testing/provider-contract.ts';
import { raterContract } from '../../src/testing/rater-contract.ts';
import { storeContract } from '../../src/testing/store-contract.ts';

const items = [
  {
    id: 'q1',
    prompt: 'Say hello.',
    candidates: [
      { id: 'a', text: 'Hello.' },
      { id: 'b', text: 'Hello there!' },
    ],
  },
];
const runner = { describe, it };

registerChecks(
  runner,
  'a rater that scores',
  raterContract({
    make: () => defineRater({ id: 'length', scale: [0, 100], score: (text) => text.length }),
    items,
  }),
);
registerChecks(
  runner,
  'a rater that compares',
  raterContract({
    make: () => defineRater({ id: 'brevity', compare: (a, b) => (a.length < b.length ? 'first' : 'second') }),
    items,
  }),
);
registerChecks(
  runner,
  'a rater that throws',
  raterContract({
    make: () =>
      defineRater({
        id: 'broken',
        compare: () => {
          throw new Error('broken');
        },
      }),
    items,
  }),
);
registerChecks(
  runner,
  'a provider from a function',
  providerContract({
    provider: defineProvider({ name: 'echo', complete: async () => 'A' }),
    model: 'any',
  }),
);
registerChecks(
  runner,
  'the memory store',
  storeContract({
    prepare() {
      const state = newMemoryState();
      return () => new MemoryStore(state);
    },
  }),
);
registerChecks(runner, 'a shipped format', formatContract(openai));

it('reports what a wrong implementation does, by the name of the check', async () => {
  const wrong = { name: 'wrong', readBy: 'missing', row: () => [] as never };
  const failed = (await runChecks(formatContract(wrong))).filter(({ error }) => error !== null);
  expect(failed.map(({ name }) => name)).toEqual(['gives a row, or a reason in snake_case']);
  const lying = { ...providers.get('heuristic')!, isModel: true };
  const results = await runChecks(providerContract({ provider: lying, model: 'features' }));
  expect(results.some(({ error }) => error !== null)).toBe(true);
});
