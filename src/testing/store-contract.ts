import assert from 'node:assert/strict';
import { checkArgument } from '../domain/check-argument.ts';
import { StoreError } from '../domain/errors.ts';
import type { Payment, StoredReply } from '../ports/reply-cache.ts';
import type { RecordedTask, RunStore } from '../ports/run-store.ts';
import type { Check } from './check.ts';

/**
 * How the contract gets an empty store, and opens it again.
 * @example
 * const under: StoreUnderTest = {
 *   prepare: () => {
 *     const state = newMemoryState();
 *     return () => new MemoryStore(state);
 *   },
 * };
 */
export interface StoreUnderTest {
  /** Prepares an empty place, and returns how to open it: each call is another process on the same data. */
  readonly prepare: () => () => RunStore | Promise<RunStore>;
}

/**
 * What a run store keeps to, so that a run can be killed at any moment and nothing is paid twice.
 * @example
 * const prepare = () => {
 *   const state = newMemoryState();
 *   return () => new MemoryStore(state);
 * };
 * const results = await runChecks(storeContract({ prepare }));
 */
export function storeContract(under: StoreUnderTest): readonly Check[] {
  checkArgument('under', under, { prepare: 'function' });
  const { prepare } = under;
  const withStore =
    (check: (store: RunStore, open: () => RunStore | Promise<RunStore>) => Promise<void>) => async () => {
      const open = prepare();
      const store = await open();
      await store.claim('night');
      await check(store, open);
    };
  return [
    {
      name: 'gives back a reply exactly as it was recorded, to later processes too',
      run: withStore(async (store, open) => {
        assert.equal(await store.findReply('k1'), null);
        await store.recordReply(reply('k1', 0.25), payment(null));
        assert.deepEqual(await store.findReply('k1'), reply('k1', 0.25));
        await store.close();
        const later = await open();
        assert.deepEqual(await later.findReply('k1'), reply('k1', 0.25));
        await later.close();
      }),
    },
    {
      name: 'keeps unknown prices apart from free ones',
      run: withStore(async (store) => {
        await store.recordReply(reply('k1', null), payment(null));
        await store.recordReply(reply('k2', 0), payment(null));
        assert.deepEqual((await store.spending('night')).raters, [
          { rater: 'gpt', usd: 0, calls: 2, unpricedCalls: 1 },
        ]);
        await store.close();
      }),
    },
    {
      name: 'keeps the last recording of a task',
      run: withStore(async (store, open) => {
        await store.recordTask('night', task('old'));
        await store.recordTask('night', task('new'));
        await store.close();
        const later = await open();
        assert.deepEqual(await later.tasksOf('night', ['i1', 'unknown']), [task('new')]);
        await later.close();
      }),
    },
    {
      name: 'counts what a dead process held as spent',
      run: withStore(async (store, open) => {
        for (const id of [1, 2]) await store.hold('night', { id, rater: 'gpt', item: 'i1', usd: 0.125 });
        await store.settle('night', 1, 'free');
        await store.close();
        const later = await open();
        await later.claim('night');
        assert.deepEqual((await later.spending('night')).forfeits, [
          { rater: 'gpt', item: 'i1', usd: 0.125 },
        ]);
        await later.close();
      }),
    },
    {
      name: 'refuses a run that another process works on, until it is closed',
      run: withStore(async (store, open) => {
        const second = await open();
        await assert.rejects(Promise.resolve(second.claim('night')), StoreError);
        await store.close();
        await second.claim('night');
        await second.close();
      }),
    },
    {
      name: 'remembers what a run was finished with',
      run: withStore(async (store, open) => {
        assert.equal(await store.finished('night'), null);
        await store.finish('night', 'these items and raters');
        await store.close();
        const later = await open();
        assert.equal(await later.finished('night'), 'these items and raters');
        await later.close();
      }),
    },
  ];
}

const payment = (hold: number | null): Payment => ({ run: 'night', rater: 'gpt', item: 'i1', hold });

function reply(key: string, costUsd: number | null): StoredReply {
  return {
    key,
    provider: 'scripted',
    model: 'm',
    baseUrl: '',
    request: { messages: [{ role: 'user', content: 'Which?' }], maxTokens: 16 },
    reply: { text: 'A', finish: 'stop', modelAnswered: 'm', usage: { input: 3, output: 1 } },
    costUsd,
    latencyMs: 5,
    at: '2026-01-01T00:00:00.000Z',
  };
}

function task(fingerprint: string): RecordedTask {
  return {
    item: 'i1',
    rater: 'gpt',
    task: 'pair:a|b:0',
    fingerprint,
    votes: [],
    replies: ['k1'],
    costUsd: 0.25,
  };
}
