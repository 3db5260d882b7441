import { describe, expect, it } from 'vitest';
import { evidenceOf, hypothesisOf } from '../../../test/support/gate-hypothesis.ts';
import { defaultGateSettings } from '../../domain/gate-settings.ts';
import { decideCriteria } from './decide-criteria.ts';
import { decideFloor } from './decide-floor.ts';
import { decideGate } from './decide-gate.ts';

const quorum = { reached: true, raters: 1, share: 0.5, quorate_share: 1 };
const clear = decideCriteria(
  [hypothesisOf(evidenceOf(Array.from({ length: 100 }, (_, item) => (item % 10 ? 0.5 : -0.5))))],
  defaultGateSettings,
  'fixed',
);
const [flags] = defaultGateSettings.floors;
const found = (count: number, checked = 200) => ({ checked, found: count });

describe('floors', () => {
  it('limit counts, rates and the increase over the baseline', () => {
    const answer = (parts: object, candidate: number, baseline = 0) =>
      decideFloor({ ...flags!, maxIncrease: null, ...parts }, found(candidate), found(baseline), 0.05)!
        .answer;
    expect(answer({ maxCount: 1 }, 1)).toBe('pass');
    expect(answer({ maxCount: 1 }, 2)).toBe('fail');
    expect(answer({ maxRate: 0.01 }, 2)).toBe('pass');
    expect(answer({ maxRate: 0.01 }, 3)).toBe('fail');
    expect(answer({ maxIncrease: 0 }, 3, 3)).toBe('pass');
    expect(answer({ maxIncrease: 0 }, 4, 3)).toBe('fail');
    expect(answer({ maxIncrease: 0.02 }, 7, 3)).toBe('pass');
  });

  it('are inconclusive if a rate must be proven and few responses were checked', () => {
    const spec = { ...flags!, maxIncrease: null, maxRate: 0.02, proven: true };
    expect(decideFloor(spec, found(0, 100), found(0), 0.05)!.answer).toBe('inconclusive');
    expect(decideFloor(spec, found(0, 150), found(0), 0.05)!.answer).toBe('pass');
    expect(decideFloor(spec, found(0, 100), found(0), 0.05)!.rate_upper_bound).toBeCloseTo(
      1 - 0.05 ** 0.01,
      10,
    );
  });

  it('are null if no response was checked', () => {
    expect(decideFloor(flags!, found(0, 0), found(3), 0.05)).toBeNull();
  });
});

describe('the answer of a gate', () => {
  const broken = decideFloor(flags!, found(2), found(1), 0.05)!;

  it('is fail if a floor is broken, even if the candidate wins everything', () => {
    expect(decideGate({ criteria: clear, floors: [], quorum }).answer).toBe('pass');
    const { answer, reasons } = decideGate({ criteria: clear, floors: [broken], quorum });
    expect(answer).toBe('fail');
    expect(reasons).toEqual([
      'floor safety_flags: 2 of 200 (1.0 %), baseline 1 of 200: worse than the baseline',
    ]);
  });

  it('is inconclusive without a quorum, unless a floor is broken', () => {
    const silent = { ...quorum, reached: false, raters: 2, quorate_share: 0.31, share: 0.8 };
    const { answer, reasons } = decideGate({ criteria: clear, floors: [], quorum: silent });
    expect(answer).toBe('inconclusive');
    expect(reasons).toEqual([
      'the panel is not quorate: 31 % of the items have 2 decisive raters, 80 % are required',
    ]);
    expect(decideGate({ criteria: clear, floors: [broken], quorum: silent }).answer).toBe('fail');
  });

  it('is not pass while a required criterion does not pass', () => {
    const open = { ...clear[0]!, id: 'other', answer: 'inconclusive', reason: 'too few' } as const;
    expect(decideGate({ criteria: [...clear, open], floors: [], quorum })).toEqual({
      answer: 'inconclusive',
      reasons: ['other: too few'],
    });
    expect(
      decideGate({ criteria: [...clear, { ...open, required: false }], floors: [], quorum }).answer,
    ).toBe('pass');
    expect(decideGate({ criteria: [], floors: [], quorum }).answer).toBe('inconclusive');
  });
});
