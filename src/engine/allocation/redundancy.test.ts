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

describe('SameVoices', () => {
  it('counts a copy as nearly the same voice, a stranger as another, an opponent as no voice', () => {
    const voices = new Redundancy();
    for (let item = 0; item < 200; item += 1) {
      const side = item % 2 === 0 ? 1 : -1;
      const stranger = item % 4 < 2 ? 1 : -1;
      voices.add([
        verdict('one', side),
        score('copy', 'a', side),
        score('copy', 'b', -side),
        verdict('stranger', stranger),
        verdict('opponent', -side),
      ]);
    }
    expect(voices.of('one')).toBeCloseTo(1 + (200 / 208) ** 2);
    expect(voices.of('copy')).toBeCloseTo(voices.of('one'));
    expect(voices.of('stranger')).toBe(1);
    expect(voices.of('opponent')).toBe(1);
    expect(voices.of('nobody')).toBe(1);
  });
});
