import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digamma, logGamma } from './gamma.ts';
import { betaQuantile, incompleteBeta } from './incomplete-beta.ts';
import { chiSquareUpperTail } from './incomplete-gamma.ts';
import { logit, sigmoid } from './logistic.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import { studentCdf, studentQuantile } from './student-t.ts';

fc.configureGlobal({ seed: 20261123 });

describe('values from Abramowitz & Stegun', () => {
  it.each([
    [logGamma(0.5), 0.5 * Math.log(Math.PI)],
    [logGamma(11), Math.log(3_628_800)],
    [digamma(1), -0.5772156649015329],
    [digamma(0.5), -1.9635100260214235],
    [normalCdf(1.959963984540054), 0.975],
    [normalCdf(-6), 9.865876450376946e-10],
    [studentCdf(2.2281388519649385, 10), 0.975],
    [chiSquareUpperTail(3.841458820694124, 1), 0.05],
    [incompleteBeta(0.5, 2, 3), 0.6875],
  ])('%f is %f', (received, expected) => {
    expect(Math.abs(received - expected)).toBeLessThan(1e-12 * Math.max(1, Math.abs(expected)));
  });
});

describe('quantiles', () => {
  it('invert their distribution functions', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }),
        fc.integer({ min: 1, max: 200 }),
        (p, n) => {
          expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 12);
          expect(studentCdf(studentQuantile(p, n), n)).toBeCloseTo(p, 10);
          expect(incompleteBeta(betaQuantile(p, n, n / 2), n, n / 2)).toBeCloseTo(p, 10);
          expect(sigmoid(logit(p))).toBeCloseTo(p, 12);
        },
      ),
    );
  });

  it('refuse what is no probability', () => {
    for (const p of [-0.1, 1.1, Number.NaN]) expect(() => normalQuantile(p)).toThrow(RangeError);
  });
});
