import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StoreError } from '../../src/domain/errors.ts';
import type { StoredReply } from '../../src/ports/reply-cache.ts';
import type { RecordedTask, RunStore } from '../../src/ports/run-store.ts';
import { MemoryStore, newMemoryState } from '../../src/store/memory/memory-store.ts';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** Each implementation as a way to open the same store again and again. */
const stores: Record<string, () => () => RunStore> = {
  memory() {
    const state = newMemoryState();
    return () => new MemoryStore(state);
  },
  sqlite() {
    const folder = tempFolder();
    return () => openSqliteStore(join(folder, 'deep', 'quorate.db'));
  },
};

describe.each(Object.entries(stores))('a run store: %s', (_name, prepare) => {
  it('gives back a reply exactly as it was recorded, to later processes too', async () => {
    const open = prepare();
    const store = open();
    await store.claim('night');
    expect(await store.findReply('k1')).toBeNull();
    await store.recordReply(reply('k1', 0.25), payment('gpt', 'i1', null));
    expect(await store.findReply('k1')).toEqual(reply('k1', 0.25));
    const { key, reply: paid, costUsd, latencyMs } = reply('k1', 0.25);
    expect(await store.findPaidReply('k1')).toEqual({ key, reply: paid, costUsd, latencyMs });
    expect(await store.findPaidReply('k2')).toBeNull();
    await store.close();
    const later = open();
    expect(await later.findReply('k1')).toEqual(reply('k1', 0.25));
    await later.close();
  });

  it('remembers open batches until they are closed, in later processes too', async () => {
    const open = prepare();
    const first = open();
    await first.claim('night');
    const questions = [
      { customId: 'q1-0', key: 'k1', rater: 'gpt', item: 'i1', request: reply('k1', 0).request },
    ];
    const endpoint = { provider: 'openai', baseUrl: 'http://x', model: 'gpt' };
    const batches = ['q2', 'q1'].map((intent) => ({
      ...endpoint,
      intent,
      atMs: 1000,
      batch: null,
      questions,
    }));
    for (const batch of batches) await first.openBatch('night', batch);
    await first.nameBatch('night', 'q1', 'batch_1');
    await first.close();
    const later = open();
    await later.claim('night');
    expect(await later.openBatches('night')).toEqual([batches[0], { ...batches[1], batch: 'batch_1' }]);
    expect(await later.openBatches('day')).toEqual([]);
    await later.closeBatch('night', 'q2');
    await later.closeBatch('night', 'q1');
    expect(await later.openBatches('night')).toEqual([]);
    await later.close();
  });

  it('keeps the first of two replies to one question, and counts that both were paid', async () => {
    const store = prepare()();
    await store.claim('night');
    await store.recordReply(reply('k1', 0.25), payment('gpt', 'i1', null));
    await store.recordReply(reply('k1', 0.5), payment('gpt', 'i1', null));
    expect((await store.findReply('k1'))?.costUsd).toBe(0.25);
    expect((await store.spending('night')).raters).toEqual([
      { rater: 'gpt', usd: 0.75, calls: 2, unpricedCalls: 0 },
    ]);
    await store.close();
  });

  it('keeps unknown prices apart from free ones', async () => {
    const store = prepare()();
    await store.claim('night');
    await store.recordReply(reply('k1', null), payment('gpt', 'i1', null));
    await store.recordReply(reply('k2', 0), payment('gpt', 'i1', null));
    expect((await store.spending('night')).raters).toEqual([
      { rater: 'gpt', usd: 0, calls: 2, unpricedCalls: 1 },
    ]);
    expect((await store.findReply('k1'))?.costUsd).toBeNull();
    await store.close();
  });

  it('returns the tasks of the named items only, the last recording of each', async () => {
    const open = prepare();
    const store = open();
    await store.claim('night');
    const strange = `o'clock "quoted" \u0000 ünïcode`;
    await store.recordTask('night', task('i1', 'gpt', 'pair:a|b:0', 'old'));
    await store.recordTask('night', task('i1', 'gpt', 'pair:a|b:0', 'new'));
    await store.recordTask('night', task('i1', 'rule', 'length', 'new'));
    await store.recordTask('night', task(strange, 'gpt', 'pair:a|b:0', 'new'));
    await store.recordTask('night', task('i3', 'gpt', 'pair:a|b:0', 'new'));
    await store.close();
    const later = open();
    const found = [...(await later.tasksOf('night', ['i1', strange, 'unknown']))];
    found.sort((a, b) => (a.item + a.rater < b.item + b.rater ? -1 : 1));
    expect(found).toEqual([
      task('i1', 'gpt', 'pair:a|b:0', 'new'),
      task('i1', 'rule', 'length', 'new'),
      task(strange, 'gpt', 'pair:a|b:0', 'new'),
    ]);
    expect(await later.tasksOf('another run', ['i1'])).toEqual([]);
    expect(await later.runs()).toMatchObject([{ run: 'night', tasks: 4 }]);
    await later.close();
  });

  it('turns what a dead process held into money spent, and forgets what was settled', async () => {
    const open = prepare();
    const store = open();
    await store.claim('night');
    for (const id of [1, 2, 3, 4]) await store.hold('night', { id, rater: 'gpt', item: 'i1', usd: 0.125 });
    await store.settle('night', 1, 'free');
    await store.settle('night', 2, 'forfeit');
    await store.recordReply(reply('k1', 0.0625), payment('gpt', 'i1', 3));
    expect((await store.spending('night')).forfeits).toEqual([{ rater: 'gpt', item: 'i1', usd: 0.125 }]);
    await store.close();
    const later = open();
    await later.claim('night');
    expect((await later.spending('night')).forfeits).toEqual([{ rater: 'gpt', item: 'i1', usd: 0.25 }]);
    await later.close();
  });

  it('refuses a run that another process works on, until it is closed; other runs are free', async () => {
    const open = prepare();
    const first = open();
    await first.claim('night');
    const second = open();
    await expect(second.claim('night')).rejects.toThrow(/already being worked on/);
    await second.claim('day');
    await first.close();
    await second.claim('night');
    await second.close();
  });

  it('writes only into claimed runs', async () => {
    const store = prepare()();
    const writes = async () => store.recordTask('night', task('i1', 'gpt', 'a', 'x'));
    await expect(writes()).rejects.toThrow(StoreError);
    await store.close();
  });

  it('remembers what a run was finished with', async () => {
    const open = prepare();
    const store = open();
    await store.claim('night');
    expect(await store.finished('night')).toBeNull();
    await store.finish('night', 'these items and raters');
    await store.close();
    const later = open();
    expect(await later.finished('night')).toBe('these items and raters');
    await later.close();
  });

  it('keeps a long text that begins many questions, and gives back every question whole', async () => {
    const open = prepare();
    const store = open();
    await store.claim('night');
    const system = 'You are an impartial judge. '.repeat(50);
    const asked = (key: string): StoredReply => ({
      ...reply(key, 1),
      request: {
        messages: [
          { role: 'system', content: system },
          { role: 'user', content: key },
        ],
        stableMessages: 1,
        maxTokens: 10,
      },
    });
    await store.recordReply(asked('k1'), payment('gpt', 'i1', null));
    await store.recordReply(asked('k2'), payment('gpt', 'i1', null));
    await store.close();
    const later = open();
    expect(await later.findReply('k1')).toEqual(asked('k1'));
    expect(await later.findReply('k2')).toEqual(asked('k2'));
    await later.close();
  });

  it('knows nothing about a run that never was', async () => {
    const store = prepare()();
    expect(await store.spending('night')).toEqual({ raters: [], forfeits: [] });
    expect(await store.tasksOf('night', ['i1'])).toEqual([]);
    await store.close();
  });
});

function reply(key: string, costUsd: number | null): StoredReply {
  return {
    key,
    provider: 'openai',
    model: 'gpt-4o',
    baseUrl: 'https://api.example',
    request: { messages: [{ role: 'user', content: 'Which?\n"é"' }], maxTokens: 10, temperature: 0 },
    reply: { text: '[[A]]', finish: 'stop', modelAnswered: null, usage: { input: 5, output: 2 } },
    costUsd,
    latencyMs: 12.5,
    at: '2026-01-02T03:04:05.000Z',
  };
}

function payment(rater: string, item: string, hold: number | null) {
  return { run: 'night', rater, item, hold };
}

function task(item: string, rater: string, id: string, fingerprint: string): RecordedTask {
  const vote = {
    item,
    rater,
    rater_kind: 'llm',
    kind: 'pairwise',
    shown: ['a', 'b'],
    outcome: 'tie',
  } as const;
  return { item, rater, task: id, fingerprint, votes: [vote], replies: ['k1'], costUsd: 0.5 };
}
