import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random.ts';
import { fitGroupedRidge, type GroupedRows } from './grouped-ridge.ts';
import { fitLogistic } from './logistic-regression.ts';

function example(observations: number, features: number): GroupedRows {
  const random = seededRandom(5);
  return {
    rows: Array.from({ length: observations }, () =>
      Float64Array.from({ length: features }, () => random() * 2 - 1),
    ),
    groupOf: Array.from({ length: features }, (_, k) => k % 2),
    outcomes: Float64Array.from({ length: observations }, () => random()),
    weights: Float64Array.from({ length: observations }, () => 0.5 + random()),
    offset: Float64Array.from({ length: observations }, () => random() - 0.5),
  };
}

describe('fitGroupedRidge', () => {
  it.each([
    [20, 4],
    [6, 9],
  ])('is the ridge with penalty 1 / variance (%i rows, %i features)', (observations, features) => {
    const data = example(observations, features);
    const variances = [0.5, 2];
    const ridge = fitLogistic(data.rows, data.outcomes, {
      penalty: Array.from(data.groupOf, (group) => 1 / variances[group]!),
      weights: data.weights,
      offset: data.offset,
    });
    const { coefficients } = fitGroupedRidge(data, variances);
    for (const [k, value] of coefficients.entries()) expect(value).toBeCloseTo(ridge.coefficients[k]!, 4);
  });

  it('finds the same optimum and evidence in both spaces', () => {
    const wide = example(6, 9);
    const first = fitGroupedRidge(wide, [0.5, 2]);
    // three groups that nothing is allowed to use pad the rows, so that the other space is taken
    const tall: GroupedRows = {
      ...wide,
      rows: [...wide.rows, ...Array.from({ length: 6 }, () => new Float64Array(9))],
      outcomes: Float64Array.from([...wide.outcomes, 0, 0, 0, 0, 0, 0]),
      weights: Float64Array.from([...wide.weights, 0, 0, 0, 0, 0, 0]),
      offset: Float64Array.from([...wide.offset, 0, 0, 0, 0, 0, 0]),
    };
    const second = fitGroupedRidge(tall, [0.5, 2]);
    expect(second.logEvidence).toBeCloseTo(first.logEvidence, 4);
    for (const [k, value] of first.coefficients.entries())
      expect(second.coefficients[k]).toBeCloseTo(value, 4);
  });

  it('leaves features of a group with variance 0 alone', () => {
    const { coefficients } = fitGroupedRidge(example(20, 4), [0, 1]);
    expect([coefficients[0], coefficients[2]]).toEqual([0, 0]);
  });

  it('without usable features, the evidence is the likelihood of the offset', () => {
    const data = example(5, 2);
    const { logEvidence } = fitGroupedRidge(data, [0, 0]);
    let expected = 0;
    for (const [index, f] of data.offset.entries()) {
      expected += data.weights[index]! * (data.outcomes[index]! * f - Math.log(1 + Math.exp(f)));
    }
    expect(logEvidence).toBeCloseTo(expected, 9);
  });
});
