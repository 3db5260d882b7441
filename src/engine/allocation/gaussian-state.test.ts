import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GaussianState } from './gaussian-state.ts';
import { duelsOf, prospect, valueOfReading } from './task-value.ts';

function twoCandidates(): GaussianState {
  const state = new GaussianState(3);
  state.covariance.set([1, 0, 0, 0, 1, 0, 0, 0, 0.5]);
  return state;
}

describe('GaussianState', () => {
  it('is the textbook posterior of a normal mean', () => {
    const state = new GaussianState(1);
    state.covariance[0] = 4;
    state.observe({ at: [0], weight: [1] }, 3, 2);
    expect(state.mean[0]).toBeCloseTo((3 * 4) / 6);
    expect(state.covariance[0]).toBeCloseTo((4 * 2) / 6);
  });

  it('gives the same posterior for any order of the readings', () => {
    const reading = fc.record({ at: fc.nat(2), value: fc.double({ min: -3, max: 3, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(reading, { maxLength: 8 }), (readings) => {
        const forward = twoCandidates();
        const backward = twoCandidates();
        for (const { at, value } of readings) forward.observe({ at: [at, 2], weight: [1, 1] }, value, 0.3);
        for (const { at, value } of [...readings].reverse())
          backward.observe({ at: [at, 2], weight: [1, 1] }, value, 0.3);
        for (let i = 0; i < 3; i += 1) expect(forward.mean[i]).toBeCloseTo(backward.mean[i]!, 8);
      }),
    );
  });
});

describe('valueOfReading', () => {
  it('is largest where candidates tie, smaller for a noisy reading, and zero where the item is decided', () => {
    const level = twoCandidates();
    const duels = duelsOf(level, [0, 1]);
    const row = { at: [0, 1], weight: [1, -1] };
    const sharp = valueOfReading([prospect(level, row, 0.1)], duels);
    expect(sharp).toBeGreaterThan(valueOfReading([prospect(level, row, 2)], duels));
    expect(sharp).toBeLessThan(0.5);
    const clear = twoCandidates();
    clear.mean[0] = 9;
    expect(valueOfReading([prospect(clear, row, 0.1)], duelsOf(clear, [0, 1]))).toBe(0);
  });

  it('gives a second sample less value than a second rater', () => {
    const state = new GaussianState(6);
    const variances = [1, 1, 0.5, 0.5, 0.5, 0.5];
    for (const [i, variance] of variances.entries()) state.covariance[i * 7] = variance;
    const one = { at: [0, 2, 1, 3], weight: [1, 1, -1, -1] };
    const other = { at: [0, 4, 1, 5], weight: [1, 1, -1, -1] };
    state.observe(one, 0, 0.2);
    const duels = duelsOf(state, [0, 1]);
    const again = valueOfReading([prospect(state, one, 0.2)], duels);
    expect(valueOfReading([prospect(state, other, 0.2)], duels)).toBeGreaterThan(2 * again);
  });
});
