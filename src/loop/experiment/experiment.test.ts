import { describe, expect, it } from 'vitest';
import { down, feedbackEvent, up } from '../../../test/support/feedback-signal.ts';
import type { Experiment } from '../../domain/loop.ts';
import { seededRandom } from '../../stats/random.ts';
import { MemoryFeedbackStore, newFeedbackState } from '../../store/memory/memory-feedback-store.ts';
import { armLabel, assignArm } from './assign-arm.ts';
import { compareArms } from './compare-arms.ts';
import { checkRatio, readOut } from './read-out.ts';

const experiment: Experiment = {
  id: 'tone',
  salt: 'tone',
  arms: [
    { id: 'old', share: 0.75 },
    { id: 'new', share: 0.25 },
  ],
  since: null,
  margin: 0,
  alpha: 0.05,
  settleHours: 24,
};

describe('assignArm', () => {
  const users = Array.from({ length: 20_000 }, (_, index) => `user-${index}`);

  it('always gives a user the same arm, in the configured shares', () => {
    const arms = users.map((user) => assignArm(experiment, user));
    expect(users.map((user) => assignArm(experiment, user))).toEqual(arms);
    const { mismatch } = checkRatio(experiment.arms, {
      old: arms.filter((arm) => arm === 'old').length,
      new: arms.filter((arm) => arm === 'new').length,
    });
    expect(mismatch).toBe(false);
  });

  it('draws independently under another salt', () => {
    const both = users.filter(
      (user) =>
        assignArm(experiment, user) === 'new' && assignArm({ ...experiment, salt: 'x' }, user) === 'new',
    );
    expect(both.length / users.length).toBeCloseTo(0.0625, 2);
  });

  it('keeps the users of an arm that grows', () => {
    const grown = {
      ...experiment,
      arms: [
        { id: 'old', share: 0.85 },
        { id: 'new', share: 0.15 },
      ],
    };
    const moved = users.filter(
      (user) => assignArm(experiment, user) === 'old' && assignArm(grown, user) === 'new',
    );
    expect(moved).toEqual([]);
  });
});

describe('checkRatio', () => {
  it('has the p-value of the chi-square test', () => {
    // R: chisq.test(c(821, 179), p = c(.75, .25)) gives X-squared = 26.885, p = 2.16e-07
    const check = checkRatio(experiment.arms, { old: 821, new: 179 });
    expect(check.chi_square).toBeCloseTo(26.885, 3);
    expect(check.p / 2.158e-7).toBeCloseTo(1, 1);
    expect(check.mismatch).toBe(true);
  });

  it('reports no mismatch without users', () => {
    expect(checkRatio(experiment.arms, {})).toMatchObject({ p: 1, mismatch: false });
  });
});

describe('compareArms', () => {
  const shares = [0.75, 0.25] as const;
  const draw = (random: () => number, count: number, rate: number) =>
    Array.from({ length: count }, () => (random() < rate ? 1 : 0));

  it('passes or fails equal arms in at most alpha of 1,000 experiments checked after every block', () => {
    const random = seededRandom(5);
    const answers = Array.from({ length: 1000 }, () =>
      compareArms(draw(random, 900, 0.6), draw(random, 300, 0.6), { shares, margin: 0, alpha: 0.05 }),
    );
    for (const wrong of ['pass', 'fail'] as const)
      expect(answers.filter(({ answer }) => answer === wrong).length / 1000).toBeLessThanOrEqual(0.05);
    const missed = answers.filter(({ interval: [low, high] }) => low > 0 || high < 0);
    expect(missed.length / 1000).toBeLessThanOrEqual(0.1);
  });

  it('finds a real difference in both directions, and keeps its answer', () => {
    const random = seededRandom(6);
    const options = { shares, margin: 0, alpha: 0.05 };
    const [low, high] = [draw(random, 3000, 0.4), draw(random, 3000, 0.8)];
    expect(compareArms(low, high.slice(0, 1000), options).answer).toBe('pass');
    expect(compareArms(high, low.slice(0, 1000), options).answer).toBe('fail');
    const turned = [...high.slice(0, 500), ...low];
    expect(compareArms(low, turned, options).answer).toBe('pass');
  });

  it('requires more than the margin', () => {
    const random = seededRandom(7);
    const options = { shares: [0.5, 0.5] as const, margin: 0.3, alpha: 0.05 };
    const compared = compareArms(draw(random, 3000, 0.5), draw(random, 3000, 0.6), options);
    expect(compared.answer).toBe('fail');
    expect(compared.improvement).toBeCloseTo(0.1, 1);
  });

  it('is inconclusive without users', () => {
    expect(compareArms([], [], { shares, margin: 0, alpha: 0.05 })).toMatchObject({
      answer: 'inconclusive',
      improvement: null,
      interval: [-1, 1],
    });
  });
});

describe('readOut', () => {
  const start = Date.parse('2026-03-01T00:00:00Z');
  const hour = 3_600_000;

  /** Users who are served by their arm and rate it. */
  async function world(rates: Readonly<Record<string, number>>, count: number, lost = '') {
    let now = start;
    const store = new MemoryFeedbackStore(newFeedbackState(), () => now);
    const random = seededRandom(3);
    for (let index = 0; index < count; index += 1) {
      const user = `u${index}`;
      const arm = assignArm(experiment, user);
      if (arm === lost && random() < 0.5) continue;
      now = start + index * 60_000;
      const at = new Date(now).toISOString();
      const {
        id: _id,
        author_kind: _kind,
        kind: _thumb,
        thumb: _up,
        ...served
      } = feedbackEvent('x', up, {
        author: user,
        response_id: user,
        at,
      }) as ReturnType<typeof feedbackEvent> & { readonly thumb: string };
      await store.recordInteractions([{ ...served, arm: armLabel(experiment, arm) }]);
      const signal = random() < rates[arm]! ? up : down;
      await store.append([feedbackEvent(user, signal, { author: user, response_id: user, at })]);
    }
    return { store, nowMs: now + 25 * hour };
  }

  it('passes the better arm', async () => {
    const { store, nowMs } = await world({ old: 0.5, new: 0.85 }, 2000);
    const readout = await readOut(experiment, store, nowMs);
    expect(readout).toMatchObject({ answer: 'pass', ratio: { mismatch: false }, users_in_several_arms: 0 });
    expect(Math.abs(readout.comparisons[0]!.improvement! - 0.35)).toBeLessThan(0.1);
    expect(readout.comparisons[0]?.block).toEqual([3, 1]);
  });

  it('is inconclusive in a sample-ratio mismatch', async () => {
    const { store, nowMs } = await world({ old: 0.5, new: 0.85 }, 2000, 'new');
    expect(await readOut(experiment, store, nowMs)).toMatchObject({
      answer: 'inconclusive',
      ratio: { mismatch: true },
      comparisons: [],
    });
  });

  it('extends earlier values at a later look without changing them', async () => {
    const { store, nowMs } = await world({ old: 0.5, new: 0.5 }, 400);
    const early = await readOut(experiment, store, start + 27 * hour);
    const late = await readOut(experiment, store, nowMs);
    expect(early.arms[0]!.rated_users).toBeLessThan(late.arms[0]!.rated_users);
    const { author, ...rest } = feedbackEvent('again', up, { author: 'u1', response_id: 'u1' });
    await store.append([{ ...rest, author, at: new Date(nowMs).toISOString() }]);
    expect((await readOut(experiment, store, start + 27 * hour)).comparisons).toEqual(early.comparisons);
  });

  it('excludes users that were served by both arms', async () => {
    const { store, nowMs } = await world({ old: 0.5, new: 0.5 }, 100);
    const {
      author_kind: _kind,
      id: _id,
      ...event
    } = feedbackEvent('x', up, { author: 'u0', response_id: 'other' });
    const { kind: _signal, ...served } = event;
    for (const arm of ['old', 'new'])
      await store.recordInteractions([
        { ...served, response_id: `o-${arm}`, arm: armLabel(experiment, arm) },
      ]);
    expect(await readOut(experiment, store, nowMs)).toMatchObject({ users_in_several_arms: 1 });
  });
});
