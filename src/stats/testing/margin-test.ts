import { studentCdf } from '../special/student-t.ts';

/**
 * The outcome of a test against a margin.
 * @example
 * const { passes }: MarginTest = testMargin({ difference: 0.01, standardError: 0.01, degrees: 50 }, 0.02);
 */
export interface MarginTest {
  /** One-sided p-value of "the difference is at most -margin". */
  readonly pValue: number;
  /** p <= alpha. */
  readonly passes: boolean;
}

/**
 * One-sided test of a difference against a margin. Non-inferiority: margin > 0, the new one may be worse by less than
 * it. Superiority: margin 0. Superiority by a minimum: margin < 0. t = (difference + margin) / error.
 * An error of 0 decides by the sign.
 * @param degrees of freedom of the error: clusters - 1
 * @example
 * testMargin({ difference: 0.01, standardError: 0.01, degrees: 50 }, 0.02); // { pValue: 0.002101, passes: true }
 */
export function testMargin(
  {
    difference,
    standardError,
    degrees,
  }: { readonly difference: number; readonly standardError: number; readonly degrees: number },
  margin: number,
  alpha = 0.05,
): MarginTest {
  const distance = difference + margin;
  const pValue =
    standardError === 0 ? (distance > 0 ? 0 : 1) : 1 - studentCdf(distance / standardError, degrees);
  return { pValue, passes: pValue <= alpha };
}
