import { afterEach, describe, expect, it } from 'vitest';
import { BatchStage, batchProviders, Crash, Killer } from '../support/batch-run.ts';
import type { FakeBatchOptions, FakeStep } from '../support/fake-batches.ts';
import type { FakeProviderOptions } from '../support/fake-provider.ts';

const questions = 20;
let stages: BatchStage[] = [];
afterEach(async () => {
  for (const stage of stages) await stage.close();
  stages = [];
});

describe.each(batchProviders)('a run in batches of %s', (provider) => {
  async function stage(options: Partial<FakeBatchOptions> = {}, more: FakeProviderOptions = {}) {
    const made = await new BatchStage(provider, options).open(more);
    stages.push(made);
    return made;
  }
  const sizes = (of: BatchStage) => of.served.batches.map(({ total }) => total);
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

  it('asks every question once, for half the price, and is done when run again', async () => {
    const run = await stage({ polls: 3 });
    expect(await run.run()).toMatchObject({ items: 10, calls: questions, refused: null });
    expect(sum(sizes(run))).toBe(questions);
    expect(run.fake.ledger.counts).toMatchObject({ answered: questions, repeated: 0 });
    expect(await run.paidUsd()).toBeCloseTo(run.fake.ledger.counts.usd / 2, 12);
    expect(JSON.parse(await run.votes())).toHaveLength(questions);
    expect(await run.run()).toMatchObject({ calls: 0 });
    expect(sum(sizes(run))).toBe(questions);
  });

  it('matches answers by id: another order, duplicates, unknown ids and gaps', async () => {
    const plain = await stage();
    await plain.run();
    const mangled = await stage({
      mangle: (lines) => {
        const unknown = { ...lines[0], custom_id: 'unknown-0' };
        return lines.length > 1 ? [unknown, ...lines.toReversed().slice(1), ...lines.slice(0, 3)] : lines;
      },
    });
    await mangled.run();
    expect(normal(await mangled.votes())).toBe(normal(await plain.votes()));
    // The gap was asked a second time: it was answered, but never seen.
    expect(mangled.fake.ledger.counts.repeated).toBeGreaterThan(0);
  });

  it('asks live what failed in a batch', async () => {
    const run = await stage({ fate: ({ prompt }) => (prompt.includes('i3') ? 'fail' : 'answer') });
    expect(await run.run()).toMatchObject({ calls: questions });
    expect(sum(sizes(run))).toBe(questions);
    expect(run.fake.ledger.counts).toMatchObject({ answered: questions, repeated: 0 });
  });

  it('submits again what expired, and asks live what expires again', async () => {
    const run = await stage({
      fate: ({ prompt }, batch) =>
        prompt.includes('i3') || (prompt.includes('i4') && batch === 1) ? 'expire' : 'answer',
    });
    expect(await run.run()).toMatchObject({ calls: questions });
    expect(sum(sizes(run))).toBeGreaterThan(questions);
    expect(run.fake.ledger.counts).toMatchObject({ answered: questions, repeated: 0 });
  });

  it.each(['questions', 'bytes'] as const)('splits at the limit of %s', async (limit) => {
    const run = await stage();
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
      const run = await stage({ breakAt: (at, count) => (at === step && count === 1 ? how : undefined) });
      expect(await run.run()).toMatchObject({ calls: questions });
      expect(run.fake.ledger.counts).toMatchObject({ answered: questions, repeated: 0 });
      expect(await run.paidUsd()).toBeCloseTo(run.fake.ledger.counts.usd / 2, 12);
    },
  );

  it('keeps a budget over batches, and continues when there is more', async () => {
    const run = await stage();
    const limitUsd = 0.00015;
    const end = await run.run({}, limitUsd);
    expect(end.refused).not.toBeNull();
    expect(run.fake.ledger.counts.usd / 2).toBeLessThanOrEqual(limitUsd);
    expect(end.calls).toBeGreaterThan(0);
    expect(await run.run({}, 1)).toMatchObject({ refused: null, items: 10 });
    expect(run.fake.ledger.counts).toMatchObject({ answered: questions, repeated: 0 });
  });

  it('is killed at every step and never submits twice, loses nothing, pays nothing twice', async () => {
    const calm = await stage();
    await calm.run();
    const expected = await calm.votes();
    let kills = 0;
    for (const when of ['before', 'after'] as const) {
      for (let step = 1; ; step += 1) {
        const run = await stage();
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
        expect(normal(await run.votes()), `${when} step ${step}`).toBe(normal(expected));
        expect(run.fake.ledger.counts, `${when} step ${step}`).toMatchObject({
          answered: questions,
          repeated: 0,
        });
        expect(await run.paidUsd()).toBeCloseTo(run.fake.ledger.counts.usd / 2, 12);
        expect((await run.openBatches()).length).toBe(0);
        await stages.pop()!.close();
      }
    }
    expect(kills).toBeGreaterThan(40);
  }, 120_000);
});

/** Base URLs differ from stage to stage, and with them the keys of the replies. */
function normal(votes: string): string {
  return votes.replaceAll(/"replies":\[[^\]]*\]/g, '');
}
