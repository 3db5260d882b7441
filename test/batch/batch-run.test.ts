import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BatchStage, batchProviders, Crash, Killer } from '../support/batch-run.ts';
import type { FakeBatchOptions, FakeStep } from '../support/fake-batches.ts';
import { type FakeProvider, startFakeProvider } from '../support/fake-provider.ts';
import { interceptFetch } from '../support/intercept-fetch.ts';

type Fate = NonNullable<FakeBatchOptions['fate']>;
const questions = 20;
const network = interceptFetch();

describe.each(batchProviders)('a run in batches of %s', (provider) => {
  const stage = (options: Partial<FakeBatchOptions> = {}) => new BatchStage(provider, network, options);
  const sizes = (of: BatchStage) => of.served.batches.map(({ total }) => total);
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

  it('asks every question once, for half the price, and is done when run again', async () => {
    const run = stage({ polls: 3 });
    expect(await run.run()).toMatchObject({ items: 10, calls: questions, refused: null });
    expect(sum(sizes(run))).toBe(questions);
    expect(run.ledger.counts).toMatchObject({ answered: questions, repeated: 0 });
    expect(await run.paidUsd()).toBeCloseTo(run.ledger.counts.usd / 2, 12);
    expect(JSON.parse(await run.votes())).toHaveLength(questions);
    expect(await run.run()).toMatchObject({ calls: 0 });
    expect(sum(sizes(run))).toBe(questions);
  });

  it('matches answers by id: another order, duplicates, unknown ids and gaps', async () => {
    const plain = stage();
    await plain.run();
    const mangled = stage({
      mangle: (lines) => {
        const unknown = { ...lines[0], custom_id: 'unknown-0' };
        return lines.length > 1 ? [unknown, ...lines.toReversed().slice(1), ...lines.slice(0, 3)] : lines;
      },
    });
    await mangled.run();
    expect(await mangled.votes()).toBe(await plain.votes());
    // The gap was asked a second time: it was answered, but never seen.
    expect(mangled.ledger.counts.repeated).toBeGreaterThan(0);
  });

  describe('with a server beside it', () => {
    let live: FakeProvider;
    beforeEach(async () => {
      live = await startFakeProvider();
    });
    afterEach(() => live.close());

    it('asks live what failed in a batch', async () => {
      const fate: Fate = ({ prompt }) => (prompt.includes('i3') ? 'fail' : 'answer');
      const run = new BatchStage(provider, network, { fate }, live);
      expect(await run.run()).toMatchObject({ calls: questions });
      expect(sum(sizes(run))).toBe(questions);
      expect(run.ledger.counts).toMatchObject({ answered: questions, repeated: 0 });
    });

    it('submits again what expired, and asks live what expires again', async () => {
      const fate: Fate = ({ prompt }, batch) =>
        prompt.includes('i3') || (prompt.includes('i4') && batch === 1) ? 'expire' : 'answer';
      const run = new BatchStage(provider, network, { fate }, live);
      expect(await run.run()).toMatchObject({ calls: questions });
      expect(sum(sizes(run))).toBeGreaterThan(questions);
      expect(run.ledger.counts).toMatchObject({ answered: questions, repeated: 0 });
    });
  });

  it.each(['questions', 'bytes'] as const)('splits at the limit of %s', async (limit) => {
    const run = stage();
    await run.run({
      batch: (batch) => {
        const bytes =
          7.5 *
          batch.bytesOf({
            customId: 'q'.repeat(32),
            request: { messages: [{ role: 'user', content: 'judge i0 a>b' }], maxTokens: 10 },
          });
        return { ...batch, limits: { ...batch.limits, [limit]: limit === 'bytes' ? bytes : 7 } };
      },
    });
    expect(sum(sizes(run))).toBe(questions);
    expect(Math.max(...sizes(run))).toBe(7);
  });

  const steps: readonly FakeStep[] =
    provider === 'openai' ? ['upload', 'create', 'retrieve', 'results'] : ['create', 'retrieve', 'results'];
  it.each(steps.flatMap((step) => (['before', 'after', 503] as const).map((how) => [step, how] as const)))(
    'survives trouble at %s (%s) without submitting twice',
    async (step, how) => {
      const run = stage({ breakAt: (at, count) => (at === step && count === 1 ? how : undefined) });
      expect(await run.run()).toMatchObject({ calls: questions });
      expect(run.ledger.counts).toMatchObject({ answered: questions, repeated: 0 });
      expect(await run.paidUsd()).toBeCloseTo(run.ledger.counts.usd / 2, 12);
    },
  );

  it('keeps a budget over batches, and continues when there is more', async () => {
    const run = stage();
    const limitUsd = 0.00015;
    const end = await run.run({}, limitUsd);
    expect(end.refused).not.toBeNull();
    expect(run.ledger.counts.usd / 2).toBeLessThanOrEqual(limitUsd);
    expect(end.calls).toBeGreaterThan(0);
    expect(await run.run({}, 1)).toMatchObject({ refused: null, items: 10 });
    expect(run.ledger.counts).toMatchObject({ answered: questions, repeated: 0 });
  });

  it('is killed at every step and never submits twice, loses nothing, pays nothing twice', async () => {
    const calm = stage();
    await calm.run();
    const expected = await calm.votes();
    let kills = 0;
    for (const when of ['before', 'after'] as const) {
      for (let step = 1; ; step += 1) {
        const run = stage();
        const killer = new Killer(step, when);
        await run
          .run({
            store: (store) =>
              killer.haunt(store, ['openBatch', 'nameBatch', 'closeBatch', 'recordReply', 'recordTask']),
            batch: (batch) => killer.haunt(batch, ['submit', 'find', 'progress', 'answers']),
          })
          .catch((error: unknown) => expect(error).toBeInstanceOf(Crash));
        if (!killer.struck) break;
        kills += 1;
        await run.run();
        expect(await run.votes(), `${when} step ${step}`).toBe(expected);
        expect(run.ledger.counts, `${when} step ${step}`).toMatchObject({
          answered: questions,
          repeated: 0,
        });
        expect(await run.paidUsd()).toBeCloseTo(run.ledger.counts.usd / 2, 12);
        expect((await run.openBatches()).length).toBe(0);
      }
    }
    expect(kills).toBeGreaterThan(40);
  }, 120_000);
});
