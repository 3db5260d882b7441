import { expect, it } from 'vitest';
import { medianWait, survivalAt } from './kaplan-meier.ts';

// Freireich et al. (1963), 6-MP arm, as in every textbook; + marks open waits.
const remission = '6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+'
  .split(' ')
  .map((text) => ({
    duration: Number.parseInt(text, 10),
    ended: !text.endsWith('+'),
  }));

it.each([
  [5, 1],
  [6, 0.857],
  [7, 0.807],
  [10, 0.753],
  [13, 0.69],
  [16, 0.627],
  [22, 0.538],
  [23, 0.448],
])('6-MP remissions longer than %d weeks: %f', (time, share) => {
  const survival = survivalAt(remission, time);
  expect(survival.defined && survival.value).toBeCloseTo(share, 3);
});

it('gives the median, or says that too few have ended', () => {
  expect(medianWait(remission)).toEqual({ defined: true, value: 23 });
  expect(medianWait([{ duration: 3, ended: false }]).defined).toBe(false);
  expect(survivalAt([], 3).defined).toBe(false);
});
