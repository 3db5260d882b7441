import { expect, it } from 'vitest';
import { ConfigError } from '../domain/errors.ts';
import { MemoryStore } from '../store/memory/memory-store.ts';
import { type JudgePairsInput, judgePairs } from './judge-pairs.ts';

const pairs = [
  { prompt: 'Say hello in English.', a: 'Hello!', b: '' },
  { prompt: 'What is 2 + 2?', a: 'I do not know, sorry, I cannot help.', b: 'It is 4.', reference: '4' },
];

it('judges pairs in both orders and gives one result a pair, in order', async () => {
  const results = await judgePairs({ judge: { provider: 'heuristic' }, pairs }, { env: {} });
  expect(results.map(({ preferred }) => preferred)).toEqual(['a', 'b']);
  for (const { votes, probability, preference, costUsd } of results) {
    expect(votes.length).toBeGreaterThan(0);
    expect(votes.map(({ kind }) => kind)).toEqual(votes.map(() => 'pairwise'));
    expect(probability).toBeGreaterThan(0.5);
    expect(preference?.basis).toBe('uncalibrated');
    expect(costUsd).toBe(0);
  }
});

it('asks nothing again that a given store holds', async () => {
  const store = new MemoryStore();
  const input = { judge: { provider: 'heuristic' }, pairs };
  const first = await judgePairs(input, { env: {}, store });
  await store.close();
  expect(await store.runs()).toMatchObject([{ run: 'pairs', tasks: 2 }]);
  expect(first).toHaveLength(2);
});

it('judges no pairs without asking anybody', async () => {
  expect(await judgePairs({ judge: { provider: 'heuristic' }, pairs: [] }, { env: {} })).toEqual([]);
});

it.each<[unknown, RegExp]>([
  [undefined, /needs an object/],
  [{ pairs }, /judge must be an object/],
  [{ judge: 'gpt', pairs }, /judge must be an object/],
  [{ judge: { provider: 'heuristic' } }, /pairs must be a list/],
  [
    { judge: { provider: 'heuristic' }, pairs: [{ prompt: 'p', a: 'x' }] },
    /pairs\[0\]\.b must be a string, received undefined/,
  ],
  [{ judge: { provider: 'heuristic' }, pairs: [{ a: 'x', b: 'y' }] }, /pairs\[0\]\.prompt/],
  [{ judge: { provider: 'openai' }, pairs }, /panel\[0\]\.model is missing/],
  [{ judge: { provider: 'heuristic' }, pairs, rubric: 'helpfulnes' }, /helpfulness/],
])('refuses %o', async (input, message) => {
  const error = await judgePairs(input as JudgePairsInput, { env: {} }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ConfigError);
  expect((error as ConfigError).message).toMatch(message);
});
