import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { down, feedbackEvent, up } from '../../../test/support/feedback-signal.ts';
import { loopSpec, rule } from '../../../test/support/loop-parts.ts';
import type { TriggerState } from '../../domain/firing.ts';
import { modelState } from '../../registry/model-state.ts';
import { MemoryFeedbackStore } from '../../store/memory/memory-feedback-store.ts';
import { MemoryLoopStore } from '../../store/memory/memory-loop-store.ts';
import { assess, assessTriggers, recordAssessments } from './assess-triggers.ts';
import type { TriggerParts } from './measurement.ts';
import { dayMs, type Measurement, type Standing } from './measurement.ts';

const start = Date.parse('2026-03-10T00:00:00Z');

function measurement(standing: Standing, cause = 'v1'): Measurement {
  return {
    standing,
    cause,
    evidence: {
      value: 0.3,
      unit: 'share',
      over: 0.2,
      bound: 0.25,
      confidence: 0.95,
      n: 100,
      authors: 50,
      since: '',
      until: '',
      detail: {},
    },
  };
}

/** Statuses of daily assessments, each recorded. */
function statuses(days: readonly (readonly [Standing, string?])[], cooldownDays = 7): string[] {
  let state: TriggerState | null = null;
  return days.map(([standing, cause], day) => {
    const assessed = assess(
      'negative_rate',
      rule({ cooldownDays }),
      state,
      measurement(standing, cause),
      start + day * dayMs,
    );
    state = assessed.after;
    return assessed.assessment.status;
  });
}

describe('hysteresis and cool-down', () => {
  it('fires once while the value stays over', () => {
    expect(statuses([['over'], ['over'], ['over']])).toEqual(['due', 'already_fired', 'already_fired']);
  });

  it('is not rearmed by a value just below the threshold', () => {
    expect(statuses([['over'], ['between'], ['over']], 0)).toEqual(['due', 'not_due', 'already_fired']);
  });

  it('fires again after the value came back, but not before the cool-down is over', () => {
    expect(statuses([['over'], ['under'], ['over'], ['under'], ['over']], 3)).toEqual([
      'due',
      'not_due',
      'cooling_down',
      'not_due',
      'due',
    ]);
  });

  it('fires at once for another cause', () => {
    expect(
      statuses([
        ['over', 'v1'],
        ['over', 'v2'],
        ['over', 'v2'],
      ]),
    ).toEqual(['due', 'due', 'already_fired']);
  });

  it('does not treat too little data as a change', () => {
    expect(statuses([['over'], ['too_little_data'], ['over']], 0)).toEqual([
      'due',
      'too_little_data',
      'already_fired',
    ]);
  });

  it('two firings for one cause are separated by a return and a cool-down', () => {
    const standing = fc.constantFrom<Standing>('over', 'between', 'under', 'too_little_data');
    fc.assert(
      fc.property(fc.array(standing, { maxLength: 40 }), fc.integer({ min: 0, max: 10 }), (row, cooldown) => {
        const seen = statuses(
          row.map((one) => [one]),
          cooldown,
        );
        const fired = seen.flatMap((status, day) => (status === 'due' ? [day] : []));
        fired.slice(1).forEach((day, index) => {
          expect(day - fired[index]!).toBeGreaterThanOrEqual(cooldown);
          expect(row.slice(fired[index]! + 1, day)).toContain('under');
        });
      }),
    );
  });
});

async function parts(loop = loopSpec()): Promise<TriggerParts & { readonly feedback: MemoryFeedbackStore }> {
  return {
    loop,
    store: new MemoryLoopStore(),
    feedback: new MemoryFeedbackStore(),
    model: modelState('bot', []),
    isKnowledgeGap: ({ event }) => event.kind === 'flag' && event.flag === 'accuracy',
    nowMs: start,
  };
}

const at = (daysAgo: number) => new Date(start - daysAgo * dayMs).toISOString();

/** Ratings of as many users, the first `bad` of them negative. */
function ratings(count: number, bad: number, daysAgo = 1) {
  return Array.from({ length: count }, (_, index) =>
    feedbackEvent(`e${index}`, index < bad ? down : up, {
      response_id: `r${index}`,
      author: `a${index}`,
      at: at(daysAgo),
    }),
  );
}

async function assessAt(given: TriggerParts, id: Parameters<typeof assessTriggers>[1]) {
  return (await assessTriggers(given, id))[0]!;
}

describe('negative_rate', () => {
  it('requires the lower bound over the limit, not the share', async () => {
    for (const [n, bad, status] of [
      [60, 15, 'not_due'],
      [600, 150, 'due'],
      [40, 40, 'too_little_data'],
      [100, 10, 'not_due'],
    ] as const) {
      const given = await parts();
      await given.feedback.append(ratings(n, bad));
      const { assessment } = await assessAt(given, ['negative_rate']);
      expect([n, bad, assessment.status]).toEqual([n, bad, status]);
      expect(assessment.evidence).toMatchObject({ n, value: bad / n });
    }
  });

  it('is not fired by one author, however often they rate', async () => {
    const given = await parts();
    const loud = Array.from({ length: 300 }, (_, index) =>
      feedbackEvent(`loud${index}`, down, { response_id: `l${index}`, author: 'loud', at: at(1) }),
    );
    await given.feedback.append([...ratings(100, 5), ...loud]);
    const { assessment } = await assessAt(given, ['negative_rate']);
    expect(assessment.evidence.value).toBeGreaterThan(0.7);
    expect(assessment.status).toBe('not_due');
  });

  it('covers seven days, without quarantined and superseded ratings', async () => {
    const given = await parts();
    await given.feedback.append([
      ...ratings(600, 200),
      ...ratings(1, 1, 8).map((e) => ({ ...e, id: 'old' })),
    ]);
    const aside = Array.from({ length: 200 }, (_, index) => ({
      event: `e${index}`,
      stage: 'spam' as const,
      weight: 0,
      reasons: ['machine'],
      cleaning: 'c1',
      at: at(0),
    }));
    await given.feedback.logDecisions(aside);
    const { assessment } = await assessAt(given, ['negative_rate']);
    expect(assessment.evidence).toMatchObject({ n: 400, value: 0 });
  });
});

describe('other rules', () => {
  it('knowledge_gaps: more than ten in a week', async () => {
    const flags = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        feedbackEvent(
          `g${index}`,
          { kind: 'flag', flag: 'accuracy' },
          { response_id: `r${index}`, at: at(2) },
        ),
      );
    for (const [count, status] of [
      [10, 'not_due'],
      [11, 'due'],
    ] as const) {
      const given = await parts();
      await given.feedback.append(flags(count));
      expect((await assessAt(given, ['knowledge_gaps'])).assessment.status).toBe(status);
    }
  });

  it('safety_flags: fires once per flag, for a new one at once', async () => {
    const given = await parts();
    const flag = (id: string) =>
      feedbackEvent(id, { kind: 'flag', flag: 'safety' }, { response_id: id, at: at(0.5) });
    const fire = async () => recordAssessments(given, await assessTriggers(given, ['safety_flags']));
    expect(await fire()).toEqual([]);
    await given.feedback.append([flag('a'), flag('b')]);
    expect((await fire())[0]?.evidence).toMatchObject({ value: 2, detail: { events: ['a', 'b'] } });
    expect(await fire()).toEqual([]);
    await given.feedback.append([flag('c')]);
    const later = { ...given, nowMs: start + 1000 };
    const [firing] = await recordAssessments(later, await assessTriggers(later, ['safety_flags']));
    expect(firing?.evidence).toMatchObject({ value: 1, detail: { events: ['c'] } });
    expect(await recordAssessments(later, await assessTriggers(later, ['safety_flags']))).toEqual([]);
  });

  it('safety_flags: reads only new events, and keeps the pending ones', async () => {
    const given = await parts();
    const flag = (id: string, days = 0.5) =>
      feedbackEvent(id, { kind: 'flag', flag: 'safety' }, { response_id: id, at: at(days) });
    const over = { ...loopSpec().triggers, safety_flags: rule({ over: 1, minimum: 1, windowDays: 2 }) };
    const read: (string | undefined)[] = [];
    const { feedback } = given;
    const watched = new Proxy(feedback, {
      get(target, name) {
        if (name !== 'events') return Reflect.get(target, name, target).bind?.(target);
        return (window: object, after?: string) => {
          read.push(after);
          return target.events(window, after);
        };
      },
    });
    const assessed = { ...given, loop: loopSpec({ triggers: over }), feedback: watched };
    const fire = async (nowMs = start) => {
      const now = { ...assessed, nowMs };
      return (await recordAssessments(now, await assessTriggers(now, ['safety_flags'])))[0]?.evidence.detail
        .events;
    };
    await feedback.append([flag('a'), flag('old', 9)]);
    expect(await fire()).toBeUndefined();
    await feedback.append([flag('b'), flag('c')]);
    // an assessment alone writes nothing
    await assessTriggers(assessed, ['safety_flags']);
    expect(await fire()).toEqual(['a', 'b', 'c']);
    expect(await fire()).toBeUndefined();
    expect(read).toEqual([undefined, 'old', 'old', 'c']);
    // pending events are reassessed: out of the window, or quarantined by cleaning
    await feedback.append([flag('d', 1.9), flag('e'), flag('future', -1)]);
    expect(await fire()).toEqual(['d', 'e']);
    await feedback.append([flag('f', 1.9)]);
    expect(await fire()).toBeUndefined();
    await feedback.append([flag('g', -0.4)]);
    expect(await fire(start + 0.5 * 86_400_000)).toBeUndefined();
    expect(await fire(start + 1.1 * 86_400_000)).toEqual(['g', 'future']);
  });

  it('time_to_improvement: half wait longer than 14 days for a new version', async () => {
    for (const [daysAgo, status] of [
      [10, 'too_little_data'],
      [20, 'due'],
    ] as const) {
      const given = await parts();
      await given.feedback.append(ratings(30, 30, daysAgo));
      const { assessment } = await assessAt(given, ['time_to_improvement']);
      expect(assessment.status).toBe(status);
      expect(assessment.evidence).toMatchObject({ n: 30, value: null, detail: { still_open: 30 } });
    }
  });

  it('two concurrent assessments fire once', async () => {
    const given = await parts();
    await given.feedback.append(ratings(600, 300));
    const assessments = await Promise.all([1, 2].map(() => assessTriggers(given, ['negative_rate'])));
    const fired = await Promise.all(assessments.map((assessed) => recordAssessments(given, assessed)));
    expect(fired.flat()).toHaveLength(1);
    expect(await given.store.firings()).toHaveLength(1);
  });

  it('nothing is due without data, and triggers can be disabled', async () => {
    const given = await parts();
    const assessments = await assessTriggers(given);
    expect(assessments.map(({ assessment }) => assessment.status)).not.toContain('due');
    const off = { ...loopSpec(), triggers: { ...loopSpec().triggers, new_pairs: rule({ enabled: false }) } };
    expect(await assessTriggers({ ...given, loop: off }, ['new_pairs'])).toEqual([]);
  });
});
