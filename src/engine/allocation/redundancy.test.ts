import { describe, expect, it } from 'vitest';
import type { Reading } from './reading.ts';
import { Redundancy } from './redundancy.ts';

const verdict = (rater: string, value: number): Reading => ({
  rater,
  up: 'a',
  down: 'b',
  value,
  scale: null,
  stable: null,
});
const score = (rater: string, up: string, value: number): Reading => ({
  rater,
  up,
  down: null,
  value,
  scale: null,
  stable: null,
});

describe('Redundancy', () => {
  it('counts a copy as redundant, and neither an independent rater nor an opponent', () => {
    const redundancy = new Redundancy();
    for (let item = 0; item < 200; item += 1) {
      const side = item % 2 === 0 ? 1 : -1;
      const independent = item % 4 < 2 ? 1 : -1;
      redundancy.add([
        verdict('one', side),
        score('copy', 'a', side),
        score('copy', 'b', -side),
        verdict('independent', independent),
        verdict('opponent', -side),
      ]);
    }
    expect(redundancy.of('one')).toBeCloseTo(1 + (200 / 208) ** 2);
    expect(redundancy.of('copy')).toBeCloseTo(redundancy.of('one'));
    expect(redundancy.of('independent')).toBe(1);
    expect(redundancy.of('opponent')).toBe(1);
    expect(redundancy.of('unknown')).toBe(1);
  });
});
