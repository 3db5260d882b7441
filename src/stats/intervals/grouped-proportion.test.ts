import { describe, expect, it } from 'vitest';
import { groupedProportion } from './grouped-proportion.ts';
import { clopperPearsonInterval } from './proportion.ts';

describe('a proportion of summed groups', () => {
  it('is about Clopper and Pearson where every observation is a cluster', () => {
    const tops = Array.from({ length: 100 }, (_, index) => (index < 30 ? 1 : 0));
    const estimate = groupedProportion(tops, new Array(100).fill(1), { n: 100, clusters: 100 });
    if (!estimate.defined) throw new Error(estimate.reason);
    const plain = clopperPearsonInterval(30, 100);
    expect(estimate.value.share).toBeCloseTo(0.3, 12);
    expect(estimate.value.effective).toBeGreaterThan(97);
    expect(estimate.value.low).toBeCloseTo(plain.low, 2);
    expect(estimate.value.high).toBeCloseTo(plain.high, 2);
  });

  it('counts clusters without variation as one observation each', () => {
    const tops = [10, 10, 10, 0, 0, 0, 0, 0, 0, 0];
    const estimate = groupedProportion(tops, new Array(10).fill(10), { n: 100, clusters: 10 });
    if (!estimate.defined) throw new Error(estimate.reason);
    expect(estimate.value.effective).toBeLessThan(10);
    expect(estimate.value.low).toBeLessThan(clopperPearsonInterval(3, 10).low + 0.01);
  });

  it('claims no more than its clusters where all agree, and nothing of one group or none', () => {
    const all = groupedProportion([50, 50], [50, 50], { n: 100, clusters: 4 });
    expect(all).toMatchObject({ defined: true, value: { share: 1, effective: 4, high: 1 } });
    const one = groupedProportion([3, 0], [4, 0], { n: 4, clusters: 1 });
    expect(one).toMatchObject({ value: { share: 0.75, low: 0, high: 1 } });
    expect(groupedProportion([0], [0], { n: 0, clusters: 0 }).defined).toBe(false);
  });
});
