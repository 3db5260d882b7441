import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { down, feedbackEvent } from '../../../test/support/feedback-signal.ts';
import { loopSpec, rule } from '../../../test/support/loop-parts.ts';
import { tempFolder } from '../../../test/support/temp-folder.ts';
import type { FeedbackEvent } from '../../domain/feedback-event.ts';
import type { CadenceTask, LoopSpec } from '../../domain/loop.ts';
import type { AlertDispatcher } from '../../ports/alerts.ts';
import { MemoryFeedbackStore } from '../../store/memory/memory-feedback-store.ts';
import { LoopMemory, MemoryLoopStore } from '../../store/memory/memory-loop-store.ts';
import { MemoryRegistry } from '../../store/memory/memory-registry.ts';
import type { LoopParts } from './loop-parts.ts';
import type { Review } from './review.ts';
import { runLoop } from './run-loop.ts';

const calendar: Readonly<Record<CadenceTask, string>> = {
  safety: '*/10 * * * * *',
  daily: '0 6 * * *',
  weekly: '0 7 * * 1',
  monthly: '0 8 1 * *',
  quarterly: '0 9 1 1,4,7,10 *',
};

let folder: string;
let memory: LoopMemory;
let feedback: MemoryFeedbackStore;
let registry: MemoryRegistry;
let lines: string[];
beforeEach(() => {
  folder = tempFolder();
  memory = new LoopMemory();
  feedback = new MemoryFeedbackStore();
  registry = new MemoryRegistry();
  lines = [];
});

function spec(more: Partial<LoopSpec> = {}): LoopSpec {
  const task = (id: CadenceTask) => ({ at: calendar[id], work: null });
  const cadence = {
    safety: task('safety'),
    daily: task('daily'),
    weekly: task('weekly'),
    monthly: task('monthly'),
    quarterly: task('quarterly'),
  };
  return loopSpec({ folder, out: join(folder, 'out'), cadence, ...more });
}

/** Does what is due at a moment, as a process of its own would. */
function runAt(now: string, loop = spec(), more: Partial<LoopParts> = {}): Promise<readonly CadenceTask[]> {
  const shift = Date.parse(now) - Date.now();
  return runLoop(
    {
      loop,
      store: new MemoryLoopStore(memory),
      registry,
      feedback: async () => feedback,
      dispatcher: null,
      isKnowledgeGap: () => false,
      clock: {
        now: () => Date.now() + shift,
        sleep: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 10))),
      },
      signal: new AbortController().signal,
      env: process.env,
      by: 'loop',
      onLine: (text) => lines.push(text),
      ...more,
    },
    { once: true },
  );
}

const flag = (id: string, at: string) =>
  feedbackEvent(id, { kind: 'flag', flag: 'safety' }, { response_id: id, at });

describe('the schedule of a loop', () => {
  it('starts with safety and the daily review, and runs the rest on schedule', async () => {
    expect(await runAt('2026-03-04T12:00:00Z')).toEqual(['safety', 'daily']);
    expect(await runAt('2026-03-04T12:00:03Z')).toEqual([]);
    expect(await runAt('2026-03-04T12:00:10Z')).toEqual(['safety']);
    expect(await runAt('2026-03-05T06:00:00Z')).toEqual(['safety', 'daily']);
    expect(await runAt('2026-03-09T07:00:00Z')).toEqual(['safety', 'daily', 'weekly']);
    expect(await runAt('2026-04-01T09:00:00Z')).toEqual([
      'safety',
      'daily',
      'weekly',
      'monthly',
      'quarterly',
    ]);
  });

  it('makes up for missed times once', async () => {
    await runAt('2026-03-04T12:00:00Z');
    expect(await runAt('2026-03-20T12:00:00Z')).toEqual(['safety', 'daily', 'weekly']);
    expect(await runAt('2026-03-20T12:00:01Z')).toEqual([]);
    expect(readdirSync(join(folder, 'out/reports'))).toEqual([
      'daily-2026-03-04.json',
      'daily-2026-03-20.json',
      'weekly-2026-03-16.json',
    ]);
  });

  it('runs in one process at a time', async () => {
    const role = new MemoryLoopStore(memory).take('loop');
    await expect(runAt('2026-03-04T12:00:00Z')).rejects.toThrow(/already runs the loop/);
    role?.release();
  });

  it('reports the state of triggers and the complaints in its review', async () => {
    await feedback.append([flag('f1', '2026-03-04T10:00:00Z')]);
    await runAt('2026-03-04T12:00:00Z');
    const review = JSON.parse(
      readFileSync(join(folder, 'out/reports/daily-2026-03-04.json'), 'utf8'),
    ) as Review;
    expect(review).toMatchObject({ kind: 'loop_review', task: 'daily', production: null });
    expect(review.triggers).toHaveLength(6);
    expect(review.complaints).toEqual([{ topic: 'safety', category: null, count: 1, events: ['f1'] }]);
  });
});

describe('the action of a firing', () => {
  const safetyLoop = (action: string) =>
    spec({
      triggers: {
        ...loopSpec().triggers,
        safety_flags: rule({
          over: 0,
          rearmAt: 0,
          minimum: 1,
          windowDays: 2,
          cooldownDays: 0,
          action: { command: { shell: action }, env: [] },
        }),
      },
    });

  it('runs the command once with its evidence, and records the outcome', async () => {
    await feedback.append([flag('f1', '2026-03-04T10:00:00Z')]);
    const loop = safetyLoop('grep -c f1 "$QUORATE_INPUT" >> reported; echo done');
    await runAt('2026-03-04T12:00:00Z', loop);
    await runAt('2026-03-04T12:00:30Z', loop);
    expect(readFileSync(join(folder, 'reported'), 'utf8')).toBe('2\n');
    expect(await new MemoryLoopStore(memory).firings()).toMatchObject([
      { trigger: 'safety_flags', action: 'command', outcome: { status: 'done' } },
    ]);
    expect(lines).toContain('done');
  });

  it('records a command that failed, and continues', async () => {
    await feedback.append([flag('f1', '2026-03-04T10:00:00Z')]);
    expect(await runAt('2026-03-04T12:00:00Z', safetyLoop('exit 7'))).toEqual(['safety', 'daily']);
    expect((await new MemoryLoopStore(memory).firings())[0]?.outcome).toMatchObject({
      status: 'failed',
      what: expect.stringMatching(/exited with code 7/),
    });
  });

  it('waits for a running command after a crash, and does not repeat a finished one', async () => {
    await feedback.append([flag('f1', '2026-03-04T10:00:00Z')]);
    const loop = safetyLoop('echo flagged >> reported');
    await runAt('2026-03-04T12:00:00Z', loop);
    // as if the loop had died before it wrote the end down
    const [firing] = memory.firings.values();
    memory.firings.set(firing!.id, { ...firing!, outcome: { status: 'pending' } });
    await runAt('2026-03-04T12:00:01Z', loop);
    expect(readFileSync(join(folder, 'reported'), 'utf8')).toBe('flagged\n');
    expect((await new MemoryLoopStore(memory).firings())[0]?.outcome.status).toBe('done');
  });

  it('trains, and reports a dataset that was trained on before', async () => {
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data/manifest.json'), JSON.stringify({ content_hash: 'a'.repeat(64) }));
    const loop = spec({
      train: {
        command: { run: ['true'] },
        env: [],
        dataset: join(folder, 'data'),
        set: {},
        baseModel: null,
        artefact: '{output}',
        metrics: null,
        onCrash: 'restart',
        resumeArguments: [],
        maxAttempts: 1,
        timeoutMs: null,
      },
      triggers: {
        ...loopSpec().triggers,
        negative_rate: rule({ action: 'train', minimum: 10, cooldownDays: 0 }),
      },
    });
    const complain = (day: string) =>
      feedback.append(
        Array.from({ length: 30 }, (_, index) =>
          feedbackEvent(`${day}-${index}`, down, {
            response_id: `${day}-${index}`,
            author: `a${index}`,
            at: `2026-03-${day}T05:00:00Z`,
          }),
        ),
      );
    await complain('04');
    await runAt('2026-03-04T12:00:00Z', loop);
    expect(await registry.history('bot')).toMatchObject([{ kind: 'registered', version: '1', by: 'loop' }]);
    // the window empties, then the same happens again with the same data
    memory.triggers.set(
      'negative_rate',
      JSON.stringify({ armed: true, last_fired: null, cause: '', told: [] }),
    );
    await runAt('2026-03-05T12:00:00Z', loop);
    expect((await new MemoryLoopStore(memory).firings()).map(({ outcome }) => outcome)).toMatchObject([
      { status: 'done', what: expect.stringMatching(/produced version 1/) },
      {
        status: 'failed',
        what: expect.stringMatching(/version 1 was already trained on this dataset: export a newer one/),
      },
    ]);
  });

  it('runs the configured command after a task', async () => {
    const base = spec();
    const work = { command: { run: ['touch', 'worked'] }, env: [] };
    const cadence = { ...base.cadence, daily: { at: calendar.daily, work } };
    await runAt('2026-03-04T12:00:00Z', spec({ cadence }));
    expect(existsSync(join(folder, 'worked'))).toBe(true);
  });
});

describe('the alert dispatcher of a loop', () => {
  /** A dispatcher that knows its events by their ids. */
  class Dispatcher implements AlertDispatcher {
    readonly raised: string[] = [];
    handed = 0;
    async raise(events: Iterable<FeedbackEvent>) {
      const before = this.raised.length;
      for (const { id } of events) {
        this.handed += 1;
        if (!this.raised.includes(id)) this.raised.push(id);
      }
      return this.raised.length - before;
    }
    deliver = async () => ({ sent: this.raised.length, failed: 0, waiting: 0 });
    async close() {}
  }

  it('receives events that arrived since the last pass', async () => {
    const dispatcher = new Dispatcher();
    await feedback.append([flag('old', '2026-01-01T10:00:00Z'), flag('f1', '2026-03-04T10:00:00Z')]);
    await runAt('2026-03-04T12:00:00Z', spec(), { dispatcher });
    expect(dispatcher.raised).toEqual(['f1']);
    // an event about a moment that is long past is news when it arrives
    await feedback.append([flag('f2', '2026-03-04T12:00:05Z'), flag('late', '2026-01-01T10:00:00Z')]);
    await runAt('2026-03-04T12:00:10Z', spec(), { dispatcher });
    await runAt('2026-03-04T12:00:20Z', spec(), { dispatcher });
    expect(dispatcher.raised).toEqual(['f1', 'f2', 'late']);
    expect(dispatcher.handed).toBe(3);
    expect(lines).toContain('3 safety alerts delivered');
  });

  it('receives events again if the mark was not saved', async () => {
    const dispatcher = new Dispatcher();
    await feedback.append([flag('f1', '2026-03-04T10:00:00Z')]);
    class Dying extends MemoryLoopStore {
      override saveMark = async () => Promise.reject(new Error('killed'));
    }
    const dying = runAt('2026-03-04T12:00:00Z', spec(), { dispatcher, store: new Dying(memory) });
    await expect(dying).rejects.toThrow('killed');
    await feedback.append([flag('f2', '2026-03-04T11:00:00Z')]);
    await runAt('2026-03-04T12:00:10Z', spec(), { dispatcher });
    expect([dispatcher.raised, dispatcher.handed]).toEqual([['f1', 'f2'], 3]);
  });

  it('receives no old events after an interrupted first pass', async () => {
    const dispatcher = new Dispatcher();
    const old = Array.from({ length: 600 }, (_, index) => flag(`old${index}`, '2026-01-01T10:00:00Z'));
    await feedback.append([flag('f1', '2026-03-04T10:00:00Z'), ...old, flag('f2', '2026-03-04T10:00:00Z')]);
    let calls = 0;
    const raise = async (events: Iterable<FeedbackEvent>) => {
      calls += 1;
      if (calls === 2) throw new Error('killed');
      return dispatcher.raise(events);
    };
    const dying: AlertDispatcher = { raise, deliver: dispatcher.deliver, close: dispatcher.close };
    await expect(runAt('2026-03-04T12:00:00Z', spec(), { dispatcher: dying })).rejects.toThrow('killed');
    await runAt('2026-03-04T12:00:10Z', spec(), { dispatcher });
    expect([dispatcher.raised, dispatcher.handed]).toEqual([['f1', 'f2'], 3]);
  });

  it('continues at its mark if the marked event was erased', async () => {
    const dispatcher = new Dispatcher();
    await feedback.append([flag('f0', '2026-03-04T09:00:00Z')]);
    const [f1, f2] = [flag('f1', '2026-03-04T10:00:00Z'), flag('f2', '2026-03-04T10:00:00Z')];
    await feedback.append([{ ...f1, author: 'bob' }]);
    await runAt('2026-03-04T12:00:00Z', spec(), { dispatcher });
    await feedback.erase('bob');
    await feedback.append([f2]);
    await runAt('2026-03-04T12:00:10Z', spec(), { dispatcher });
    expect(dispatcher.raised).toEqual(['f0', 'f1', 'f2']);
  });
});
