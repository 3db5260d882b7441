import type { Interval } from '../estimate.ts';

/**
 * Betting against "the mean of values in [0, 1] is at most `hypothesis`" with bets that follow what was seen (the
 * predictable plug-in of Waudby-Smith & Ramdas 2023): the bet on value t uses the values before it only, so the wealth
 * is an e-process and is valid after every value. Values must be independent: feed one per cluster.
 * @example
 * const test = new BettingTest(0.5);
 * for (const win of [1, 1, 0, 1, 1, 1, 1, 1, 1, 1]) test.add(win);
 * test.pValue; // 0.09017
 */
export class BettingTest {
  readonly #hypothesis: number;
  readonly #alpha: number;
  #logWealth = 0;
  #highestLogWealth = 0;
  #moments = startingMoments();

  constructor(hypothesis: number, alpha = 0.05) {
    checkUnit('hypothesis', hypothesis);
    this.#hypothesis = hypothesis;
    this.#alpha = alpha;
  }

  add(value: number): void {
    checkUnit('value', value);
    const drift = this.#moments.mean - this.#hypothesis;
    // the bet that grows wealth fastest to second order, short of ruin
    const bet = Math.max(0, drift / (this.#moments.variance + drift * drift));
    const capped = this.#hypothesis === 0 ? bet : Math.min(bet, 0.75 / this.#hypothesis);
    this.#logWealth += Math.log1p(capped * (value - this.#hypothesis));
    this.#highestLogWealth = Math.max(this.#highestLogWealth, this.#logWealth);
    this.#moments = addMoment(this.#moments, value);
  }

  /** Evidence against the hypothesis so far. */
  get wealth(): number {
    return Math.exp(this.#logWealth);
  }

  /** Always-valid p-value: 1 / highest wealth (Ville 1939). */
  get pValue(): number {
    return Math.exp(-this.#highestLogWealth);
  }

  /** True from the first time the wealth reached 1 / alpha: P(ever, under the hypothesis) <= alpha. */
  get isRejected(): boolean {
    return this.#highestLogWealth >= -Math.log(this.#alpha);
  }
}

/**
 * A confidence sequence for the mean of independent values in [0, 1]: after every value an interval, all of which hold
 * the mean at once with probability 1 - alpha. Hedged capital (Waudby-Smith & Ramdas 2023, section 4.4): for each of
 * `grid` candidate means the wealth of betting up and down with λ_t = √(2 ln(2/alpha) / (σ²_{t-1} t ln(1+t)));
 * means stay in while max(K+, K-)/2 < 1/alpha. Intervals only shrink.
 * @example
 * confidenceSequence([1, 1, 0, 1, 1, 1]).at(-1); // { low: 0.262, high: 1 }
 */
export function confidenceSequence(values: Iterable<number>, alpha = 0.05, grid = 1000): Interval[] {
  const up = new Float64Array(grid + 1);
  const down = new Float64Array(grid + 1);
  const limit = Math.log(2 / alpha);
  let low = 0;
  let high = grid;
  let moments = startingMoments();
  const intervals: Interval[] = [];
  for (const value of values) {
    checkUnit('value', value);
    const t = moments.count + 1;
    const rate = Math.sqrt((2 * limit) / (moments.variance * t * Math.log1p(t)));
    for (let cell = low; cell <= high; cell += 1) {
      const mean = cell / grid;
      up[cell]! += Math.log1p(Math.min(rate, mean === 0 ? Infinity : 0.5 / mean) * (value - mean));
      down[cell]! += Math.log1p(-Math.min(rate, mean === 1 ? Infinity : 0.5 / (1 - mean)) * (value - mean));
    }
    while (low < high && up[low]! >= limit) low += 1;
    while (high > low && down[high]! >= limit) high -= 1;
    moments = addMoment(moments, value);
    // a mean between two grid points may be the true one: one cell outwards
    intervals.push({ low: Math.max(0, low - 1) / grid, high: Math.min(grid, high + 1) / grid });
  }
  return intervals;
}

interface Moments {
  readonly count: number;
  readonly sum: number;
  readonly squares: number;
  readonly mean: number;
  readonly variance: number;
}

/** As if one value of 1/2 with a variance of 1/4 had been seen. */
function startingMoments(): Moments {
  return { count: 0, sum: 0.5, squares: 0.25, mean: 0.5, variance: 0.25 };
}

function addMoment({ count, sum, squares }: Moments, value: number): Moments {
  const total = sum + value;
  const mean = total / (count + 2);
  const spread = squares + (value - mean) ** 2;
  return { count: count + 1, sum: total, squares: spread, mean, variance: spread / (count + 2) };
}

function checkUnit(name: string, value: number): void {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`${name} must lie in [0, 1], received ${value}`);
}
