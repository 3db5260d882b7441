import { describe, expect, it } from 'vitest';
import { drawWins, evidenceOf, hypothesisOf } from '../../../test/support/gate-hypothesis.ts';
import { defaultGateSettings } from '../../domain/gate-settings.ts';
import { seededRandom } from '../../stats/random.ts';
import { sigmoid } from '../../stats/special/logistic.ts';
import { decideCriteria } from './decide-criteria.ts';

const settings = defaultGateSettings;
const decide = (...hypotheses: Parameters<typeof hypothesisOf>[]) =>
  decideCriteria(
    hypotheses.map((parts) => hypothesisOf(...parts)),
    settings,
    'fixed',
  );
const repeat = (value: number, count: number) => Array.from({ length: count }, () => value);

describe('the answer on a criterion', () => {
  it('passes a clear improvement, fails a clear absence of one, and otherwise estimates the missing items', () => {
    const random = seededRandom('answers');
    const [better, worse, unclear] = decide(
      [evidenceOf(drawWins(300, 0.2, random))],
      [evidenceOf(drawWins(300, -0.1, random))],
      [evidenceOf(drawWins(300, 0.045, random))],
    );
    expect(better!.answer).toBe('pass');
    expect(better!.measured!.interval[0]).toBeGreaterThan(0.03);
    expect(worse!.answer).toBe('fail');
    expect(unclear!.answer).toBe('inconclusive');
    expect(unclear!.measured!.minimum_detectable_effect).toBeGreaterThan(0.05);
    expect(unclear!.measured!.more_items).toBeGreaterThan(100);
    expect(unclear!.reason).toMatch(/more items like these would decide/);
  });

  it('is decided once the estimated number of further items is added', () => {
    const values = [...repeat(0.5, 60), ...repeat(-0.5, 48)];
    const [first] = decide([evidenceOf(values), { margin: 0 }]);
    const more = first!.measured!.more_items!;
    const times = (values.length + more) / values.length;
    const bigger = [...repeat(0.5, 60 * times), ...repeat(-0.5, 48 * times)];
    expect(first!.answer).toBe('inconclusive');
    expect(decide([evidenceOf(bigger), { margin: 0 }])[0]!.answer).toBe('pass');
  });

  it('compares non-inferiority with minus the margin', () => {
    const values = drawWins(1500, 0, seededRandom('same'));
    const [same] = decide([evidenceOf(values), { test: 'non_inferiority', margin: 0.05 }]);
    expect(same).toMatchObject({ answer: 'pass', threshold: -0.05 });
  });
});

describe('evidence without variance', () => {
  it('does not treat a few unanimous items as certain, and bounds many of them exactly', () => {
    const answer = (value: number, count: number, margin = 0.03) =>
      decide([evidenceOf(repeat(value, count)), { margin }])[0]!;
    expect(answer(0.5, 20).measured!.p_pass).toBeCloseTo(0.53 ** 20, 12);
    expect(answer(0.5, 20).answer).toBe('pass');
    // a single true loss in 20 is not excluded: the lower bound says so
    expect(answer(0.5, 20).measured!.interval[0]).toBeLessThan(0.4);
    expect(answer(0.5, 19)).toMatchObject({ answer: 'inconclusive', measured: null });
  });

  it('fails a required improvement once enough items are ties', () => {
    const ties = (count: number, parts = {}) => decide([evidenceOf(repeat(0, count)), parts])[0]!;
    expect(ties(20)).toMatchObject({ answer: 'inconclusive' });
    expect(ties(100)).toMatchObject({ answer: 'fail' });
    expect(ties(100, { margin: 0 })).toMatchObject({ answer: 'inconclusive' });
    expect(ties(100, { test: 'non_inferiority' })).toMatchObject({ answer: 'pass' });
  });

  it('gives a reason if nothing can be measured', () => {
    const one = evidenceOf(repeat(0.5, 40), { clusters: repeat(0, 40).map(() => 'same') });
    const [empty, cluster, few, missing] = decide(
      [evidenceOf([])],
      [one],
      [evidenceOf([0.5, -0.5])],
      [{ missing: 'no item has category "poems"' }],
    );
    expect(empty!.reason).toBe('no item has a vote on it');
    expect(cluster!.reason).toMatch(/all 40 items are in one cluster/);
    expect(few!.reason).toMatch(/2 independent items are too few/);
    expect(missing!.reason).toBe('no item has category "poems"');
    expect([empty, cluster, few, missing].every((one) => one!.answer === 'inconclusive')).toBe(true);
  });
});

describe('clusters', () => {
  it('gives copies of an item no additional weight', () => {
    const values = [...repeat(0.5, 30), ...repeat(-0.5, 20)];
    const alone = decide([evidenceOf(values), { margin: 0 }])[0]!;
    const copied = decide([
      evidenceOf(
        values.flatMap((value) => repeat(value, 10)),
        { clusters: values.flatMap((_, item) => repeat(item, 10).map(String)) },
      ),
      { margin: 0 },
    ])[0]!;
    expect(copied.measured!.p_pass).toBeCloseTo(alone.measured!.p_pass, 12);
    expect(copied.clusters).toBe(50);
  });
});

describe('several criteria', () => {
  const random = seededRandom('several');
  const weak = evidenceOf(drawWins(200, 0.055, random), {});
  const strong = evidenceOf(drawWins(200, 0.3, random));
  const parts = [
    [weak, { id: 'weak', margin: 0, priority: 2 }],
    [strong, { id: 'strong', margin: 0, priority: 1 }],
    [strong, { id: 'also', margin: 0, priority: 3 }],
  ] as const;
  const under = (multiplicity: 'none' | 'holm' | 'hierarchical') =>
    decideCriteria(
      parts.map(([evidence, more]) => hypothesisOf(evidence, more)),
      { ...settings, multiplicity },
      'fixed',
    ).map(({ measured }) => measured!.p_pass_adjusted);

  it('adjusts p-values by Holm or in the order of the priorities', () => {
    const raw = under('none');
    expect(under('holm')[0]).toBeCloseTo(raw[0]!, 12);
    expect(under('holm')[1]).toBeCloseTo(3 * raw[1]!, 12);
    const ordered = under('hierarchical');
    expect(ordered[1]).toBeCloseTo(raw[1]!, 12);
    expect(ordered[0]).toBeCloseTo(raw[0]!, 12);
    // a later criterion cannot be more certain than the one before it
    expect(ordered[2]).toBe(ordered[0]);
  });
});

describe('labels on a part of the items', () => {
  it('correct a panel that favours the candidate; the uncorrected estimate is reported beside it', () => {
    const random = seededRandom('labels');
    const truth = Array.from({ length: 600 }, (_, item) => (item % 2 ? 0.5 : -0.5));
    const judged = truth.map((value) => (random() < 0.85 ? value : 0.5));
    const labels = truth.map((value, item) => (item < 150 ? value : null));
    const [result] = decide([evidenceOf(judged, { labels }), { margin: 0 }]);
    const { measured } = result!;
    expect(measured!.method).toBe('prediction_powered');
    expect(measured!.uncorrected!.interval[0]).toBeGreaterThan(0.02);
    expect(measured!.interval[0]).toBeLessThan(0);
    expect(measured!.effective_labels).toBeGreaterThan(250);
    expect(result!.answer).toBe('inconclusive');
  });

  it('are ignored if there are too few', () => {
    const values = drawWins(200, 0.2, seededRandom('few'));
    const labels = values.map((value, item) => (item < 29 ? value : null));
    expect(decide([evidenceOf(values, { labels })])[0]!.measured!.method).toBe('panel');
  });
});

describe('known errors of the judge', () => {
  it('correct the win rate, with an interval as wide as the calibration sample demands', () => {
    const values = [...repeat(0.5, 600), ...repeat(-0.5, 400)];
    const measured = (size: number) =>
      decideCriteria(
        [hypothesisOf(evidenceOf(values))],
        {
          ...settings,
          judgeErrors: {
            positives: size,
            truePositives: 0.8 * size,
            negatives: size,
            trueNegatives: 0.8 * size,
          },
        },
        'fixed',
      )[0]!.measured!;
    // (.6 + .8 - 1) / (.8 + .8 - 1)
    expect(measured(100).improvement).toBeCloseTo(2 / 3 - 0.5, 10);
    const width = (size: number) => measured(size).interval[1] - measured(size).interval[0];
    expect(width(50)).toBeGreaterThan(width(1000));
    // the p-value agrees with the interval
    expect(measured(1000).p_pass < 0.05).toBe(measured(1000).interval[0] > 0.03);
  });
});

describe('the length-controlled win rate', () => {
  it('does not pass a candidate that wins by length alone', () => {
    const random = seededRandom('length');
    const lengthDifferences = Array.from({ length: 400 }, () => 200 + (random() - 0.5) * 800);
    const values = lengthDifferences.map((more) =>
      random() < sigmoid(2 * Math.tanh(more / 231)) ? 0.5 : -0.5,
    );
    const evidence = evidenceOf(values, { lengthDifferences });
    const [raw, controlled] = decide(
      [evidence, { margin: 0 }],
      [evidence, { margin: 0, metric: 'length_controlled_win_rate' }],
    );
    expect(raw!.answer).toBe('pass');
    expect(controlled!.answer).toBe('inconclusive');
    expect(Math.abs(controlled!.measured!.improvement)).toBeLessThan(0.08);
  });
});

describe('false passes and false failures', () => {
  /** At the threshold itself: the least favourable truth. */
  it.each([
    ['fixed', 1],
    ['look', 20],
  ] as const)('stay under alpha: %s', (look, looks) => {
    const random = seededRandom(`error ${look}`);
    const gates = 200;
    let passed = 0;
    let failed = 0;
    for (let gate = 0; gate < gates; gate += 1) {
      const values = drawWins(400, 0.03, random);
      let open = true;
      for (let at = 1; at <= looks && open; at += 1) {
        const seen = values.slice(0, (values.length * at) / looks);
        const { answer } = decideCriteria([hypothesisOf(evidenceOf(seen))], settings, look)[0]!;
        passed += answer === 'pass' ? 1 : 0;
        failed += answer === 'fail' ? 1 : 0;
        open = answer === 'inconclusive';
      }
    }
    // 200 gates: three standard errors above .05
    expect(passed / gates).toBeLessThan(0.096);
    expect(failed / gates).toBeLessThan(0.096);
    expect(passed + failed).toBeGreaterThan(0);
  });
});
