import type { GateAnswer } from '../../domain/gate.ts';
import { BettingTest, confidenceSequence } from '../../stats/sequential/betting-test.ts';

/** Sequential comparison of one arm with the baseline arm. */
export interface ArmComparison {
  readonly answer: GateAnswer;
  /** Mean of this arm minus mean of the first one, over the blocks; null before the first block. */
  readonly improvement: number | null;
  /** Holds the improvement at all looks at once with confidence 1 - 2 alpha. */
  readonly interval: readonly [low: number, high: number];
  readonly p_pass: number;
  readonly p_fail: number;
  /** Blocks of users, and how many users of either arm a block has. */
  readonly blocks: number;
  readonly block: readonly [baseline: number, arm: number];
}

/** Tests whether an arm is better than the baseline by more than `margin`. Users come in the given order, in blocks with
 * users of each arm in proportion to the shares: unequal arms lose no users, and both sides come from the same time. The
 * difference of each block, scaled to [0, 1], enters a betting test in each direction (Waudby-Smith & Ramdas 2023).
 * Anytime-valid: stop when it answers.
 * @param baseline values of users in [0, 1], in an order that later users do not change
 */
export function compareArms(
  baseline: readonly number[],
  arm: readonly number[],
  options: { readonly shares: readonly [number, number]; readonly margin: number; readonly alpha: number },
): ArmComparison {
  const { shares, margin, alpha } = options;
  const block = [
    Math.max(1, Math.round(shares[0] / shares[1])),
    Math.max(1, Math.round(shares[1] / shares[0])),
  ] as const;
  const pass = new BettingTest((1 + margin) / 2, alpha);
  const fail = new BettingTest((1 - margin) / 2, alpha);
  const values: number[] = [];
  let answer: GateAnswer = 'inconclusive';
  const count = Math.min(Math.floor(baseline.length / block[0]), Math.floor(arm.length / block[1]));
  for (let index = 0; index < count; index += 1) {
    const value = (1 + meanOf(arm, index, block[1]) - meanOf(baseline, index, block[0])) / 2;
    values.push(value);
    if (answer !== 'inconclusive') continue;
    pass.add(value);
    fail.add(1 - value);
    if (pass.isRejected) answer = 'pass';
    else if (fail.isRejected) answer = 'fail';
  }
  const { low, high } = confidenceSequence(values, 2 * alpha).at(-1) ?? { low: 0, high: 1 };
  return {
    answer,
    improvement: count === 0 ? null : (2 * values.reduce((sum, value) => sum + value, 0)) / count - 1,
    interval: [2 * low - 1, 2 * high - 1],
    p_pass: pass.pValue,
    p_fail: fail.pValue,
    blocks: count,
    block,
  };
}

function meanOf(values: readonly number[], index: number, size: number): number {
  let sum = 0;
  for (let place = index * size; place < (index + 1) * size; place += 1) sum += values[place]!;
  return sum / size;
}
