import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tempFolder } from '../../test/support/temp-folder.ts';
import { ConfigError } from '../domain/errors.ts';
import type { RunStore } from '../ports/run-store.ts';
import { defineProvider } from '../providers/define-provider.ts';
import { MemoryStore } from '../store/memory/memory-store.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { type JudgePairsInput, judgePairs, type PairInput } from './judge-pairs.ts';

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

describe.each<[string, (folder: string) => RunStore]>([
  ['memory', () => new MemoryStore()],
  ['SQLite', (folder) => openSqliteStore(join(folder, 'pairs.db'))],
])('on one store in %s', (_kind, open) => {
  let folder: string;
  let store: RunStore;
  let calls: number;
  const provider = defineProvider({
    name: 'counting',
    price: () => ({ inputPerMtok: 0, outputPerMtok: 0 }),
    complete: async () => {
      calls += 1;
      return '{"reason":"first","verdict":"A"}';
    },
  });
  const ask = (some: readonly PairInput[]) =>
    judgePairs({ judge: { provider, model: 'm' }, pairs: some }, { env: {}, store });

  beforeEach(() => {
    folder = tempFolder();
    store = open(folder);
    calls = 0;
  });
  afterEach(async () => {
    await store.close();
  });

  it('pays nothing for a call that is repeated', async () => {
    const first = await ask(pairs);
    expect(calls).toBe(4);
    expect(await ask(pairs)).toEqual(first);
    expect(calls).toBe(4);
    expect(await store.runs()).toMatchObject([
      { run: expect.stringMatching(/^pairs\/[0-9a-f]{16}$/), tasks: 2 },
    ]);
  });

  it('works in parallel, and reuses the replies about pairs of other calls', async () => {
    const [one, two, again] = await Promise.all([
      ask(pairs.slice(0, 1)),
      ask(pairs.slice(1)),
      ask(pairs.slice(0, 1)),
    ]);
    expect(again).toEqual(one);
    expect(calls).toBe(4);
    const both = await ask(pairs);
    expect(calls).toBe(4);
    expect(both.map(({ preferred }) => preferred)).toEqual(
      [one, two].map((results) => results[0]!.preferred),
    );
    expect(await store.runs()).toHaveLength(3);
  });

  it('pays nothing for a call that is repeated after a stop', async () => {
    const controller = new AbortController();
    controller.abort(new Error('stop'));
    const stopped = judgePairs(
      { judge: { provider, model: 'm' }, pairs },
      { env: {}, store, signal: controller.signal },
    );
    await expect(stopped).rejects.toThrow('stop');
    await ask(pairs);
    await ask(pairs);
    expect(calls).toBe(4);
  });
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
