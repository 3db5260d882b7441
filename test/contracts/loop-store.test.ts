import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Firing, TriggerState } from '../../src/domain/firing.ts';
import type { Training } from '../../src/domain/model-version.ts';
import type { LoopStore } from '../../src/ports/loop-store.ts';
import { LoopMemory, MemoryLoopStore } from '../../src/store/memory/memory-loop-store.ts';
import { openSqliteLoopStore } from '../../src/store/sqlite/sqlite-loop-store.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** Each implementation as a way to open the same memory again and again. */
const stores: Record<string, () => () => LoopStore> = {
  memory() {
    const memory = new LoopMemory();
    return () => new MemoryLoopStore(memory);
  },
  sqlite() {
    const folder = tempFolder();
    return () => openSqliteLoopStore(join(folder, 'deep', 'loop.db'));
  },
};

const armed: TriggerState = { armed: true, last_fired: null, cause: '', seen_to: null, waiting: [] };
const fired: TriggerState = {
  armed: false,
  last_fired: '2026-01-01T00:00:00.000Z',
  cause: 'v1',
  seen_to: { event: 'e', received_at: '2026-01-01T00:00:00.000Z' },
  waiting: ['d'],
};

const firing: Firing = {
  id: 'negative_rate-1',
  trigger: 'negative_rate',
  at: '2026-01-01T00:00:00.000Z',
  cause: 'v1',
  evidence: {
    value: 0.4,
    unit: 'share',
    over: 0.2,
    bound: 0.3,
    confidence: 0.95,
    n: 100,
    authors: 40,
    since: '2025-12-25T00:00:00.000Z',
    until: '2026-01-01T00:00:00.000Z',
    detail: { inner: [1, 'ü'] },
  },
  action: 'train',
  outcome: { status: 'pending' },
};

const training: Training = {
  id: 'abc',
  model: 'bot',
  status: 'running',
  dataset: '/data',
  dataset_hash: 'ab',
  created_at: '2026-01-01T00:00:00.000Z',
  attempts: [{ number: 1, started_at: '2026-01-01T00:00:00.000Z', resumes: false }],
  accepted_pairs: null,
};

describe.each(Object.entries(stores))('a loop store: %s', (_name, prepare) => {
  it('gives a role to one at a time', async () => {
    const open = prepare();
    const [one, other] = [open(), open()];
    const role = one.take('train');
    expect(role).not.toBeNull();
    expect(other.take('train')).toBeNull();
    expect(other.take('loop')).not.toBeNull();
    role!.release();
    expect(other.take('train')).not.toBeNull();
    await one.close();
    await other.close();
  });

  it('changes a rule only from the state that was seen, and its firing with it', async () => {
    const open = prepare();
    const [one, other] = [open(), open()];
    expect(await one.triggerState('negative_rate')).toBeNull();
    expect(await one.changeTrigger('negative_rate', null, armed)).toBe(true);
    expect(await other.changeTrigger('negative_rate', null, fired, firing)).toBe(false);
    expect(await other.firings()).toEqual([]);
    expect(await other.changeTrigger('negative_rate', armed, fired, firing)).toBe(true);
    expect(await one.changeTrigger('negative_rate', armed, fired, { ...firing, id: '2' })).toBe(false);
    expect(await one.triggerState('negative_rate')).toEqual(fired);
    expect(await one.firings()).toEqual([firing]);
    const done = { status: 'done', at: '2026-01-02T00:00:00.000Z', what: 'version 2' } as const;
    await one.settleFiring(firing.id, done);
    expect(await other.firings()).toEqual([{ ...firing, outcome: done }]);
    await one.close();
    await other.close();
  });

  it('gives every moment of a calendar away once, and none that is past', async () => {
    const open = prepare();
    const [one, other] = [open(), open()];
    expect(await one.lastSlot('daily')).toBeNull();
    expect(await one.takeSlot('daily', '2026-01-02T06:00:00.000Z')).toBe(true);
    expect(await other.takeSlot('daily', '2026-01-02T06:00:00.000Z')).toBe(false);
    expect(await other.takeSlot('daily', '2026-01-01T06:00:00.000Z')).toBe(false);
    expect(await other.takeSlot('weekly', '2026-01-01T06:00:00.000Z')).toBe(true);
    expect(await other.takeSlot('daily', '2026-01-03T06:00:00.000Z')).toBe(true);
    expect(await one.lastSlot('daily')).toBe('2026-01-03T06:00:00.000Z');
    await one.close();
    await other.close();
  });

  it('remembers how far each reader has read', async () => {
    const open = prepare();
    const one = open();
    expect(await one.mark('alerts')).toBeNull();
    const mark = { event: 'e1', received_at: '2026-01-01T00:00:00.000Z' };
    await one.saveMark('alerts', mark);
    await one.saveMark('alerts', { ...mark, event: 'e2' });
    await one.close();
    const later = open();
    expect(await later.mark('alerts')).toEqual({ ...mark, event: 'e2' });
    expect(await later.mark('other')).toBeNull();
    await later.close();
  });

  it('keeps trainings as they were saved last, in the order of their beginning', async () => {
    const open = prepare();
    const one = open();
    await one.saveTraining(training);
    await one.saveTraining({ ...training, id: 'def' });
    await one.saveTraining({ ...training, status: 'failed', failure: 'disk' });
    await one.close();
    const later = open();
    expect(await later.training('abc')).toEqual({ ...training, status: 'failed', failure: 'disk' });
    expect(await later.training('none')).toBeNull();
    expect((await later.trainings()).map(({ id }) => id)).toEqual(['abc', 'def']);
    await later.close();
  });
});
