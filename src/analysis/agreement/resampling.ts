import { quantileOfSorted } from '../../stats/descriptive/moments.ts';
import type { Estimate } from '../../stats/estimate.ts';
import { wilsonInterval } from '../../stats/intervals/proportion.ts';
import { type Random, shuffled } from '../../stats/random.ts';

/** A number with its 95 % cluster-bootstrap interval; value null (and the reason) where it is undefined. */
export interface IntervalEstimate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Number of units. */
  readonly n: number;
  readonly reason?: string;
}

const maxGroups = 250;

/**
 * Cluster-bootstrap draws (Davison & Hinkley 1997), shared by every statistic of a report. More than 250 clusters are first
 * dealt at random into 250 groups, which bounds the work without biasing the intervals.
 */
export class Resampling {
  readonly groupCount: number;
  readonly #groupOf: ReadonlyMap<string, number>;
  /** Multiplicity of each group, per draw. */
  readonly draws: readonly Float64Array[];

  constructor(clusters: Iterable<string>, replicates: number, random: Random) {
    const names = [...new Set(clusters)].sort();
    this.groupCount = Math.min(maxGroups, names.length);
    const ordered = names.length > maxGroups ? shuffled(names, random) : names;
    this.#groupOf = new Map(ordered.map((name, index) => [name, index % this.groupCount]));
    this.draws = Array.from({ length: this.groupCount < 2 ? 0 : replicates }, () => {
      const counts = new Float64Array(this.groupCount);
      for (let draw = 0; draw < this.groupCount; draw += 1)
        counts[Math.floor(random() * this.groupCount)]! += 1;
      return counts;
    });
  }

  groupOf(cluster: string): number {
    const group = this.#groupOf.get(cluster);
    if (group === undefined) throw new RangeError(`cluster "${cluster}" was not among those given`);
    return group;
  }

  /** Any statistic of group weights: its value with all weights 1, and the percentile interval over the draws. */
  measure(n: number, statistic: (weights: Float64Array) => Estimate): IntervalEstimate {
    const point = statistic(new Float64Array(this.groupCount).fill(1));
    if (!point.defined) return { value: null, low: null, high: null, n, reason: point.reason };
    const replicates: number[] = [];
    for (const weights of this.draws) {
      const estimate = statistic(weights);
      if (estimate.defined) replicates.push(estimate.value);
    }
    return { value: point.value, ...this.#interval(replicates), n };
  }

  /** A ratio of sums by group: every rate and mean. */
  measureRatio(ratio: Ratio): IntervalEstimate {
    const measured = this.measure(ratio.count, (weights) => ratio.estimate(weights));
    // a rate of exactly 0 or 1 has no bootstrap spread: use Wilson's interval over the groups
    if (ratio.isRate && measured.value !== null && measured.low !== null && measured.low === measured.high) {
      const groups = ratio.groupsWithData;
      if (groups > 0 && (measured.value === 0 || measured.value === 1))
        return { ...measured, ...wilsonInterval(measured.value * groups, groups) };
    }
    return measured;
  }

  #interval(replicates: readonly number[]): { low: number | null; high: number | null } {
    if (replicates.length < this.draws.length / 2 || replicates.length < 20) return { low: null, high: null };
    const sorted = Float64Array.from(replicates).sort();
    return { low: quantileOfSorted(sorted, 0.025), high: quantileOfSorted(sorted, 0.975) };
  }
}

/** Sums of numerator and denominator by group. */
export class Ratio {
  readonly #top: Float64Array;
  readonly #bottom: Float64Array;
  /** Values in [0, 1]: the ratio is a share. */
  readonly isRate: boolean;
  count = 0;

  constructor(groupCount: number, isRate = true) {
    this.#top = new Float64Array(groupCount);
    this.#bottom = new Float64Array(groupCount);
    this.isRate = isRate;
  }

  /** @param weight weight of each of the `times`; `count` is their number */
  add(group: number, value: number, times = 1, weight = 1): void {
    this.#top[group]! += value * times * weight;
    this.#bottom[group]! += times * weight;
    this.count += times;
  }

  get groupsWithData(): number {
    return this.#bottom.reduce((sum, bottom) => sum + (bottom > 0 ? 1 : 0), 0);
  }

  estimate(weights: Float64Array): Estimate {
    let top = 0;
    let bottom = 0;
    for (let group = 0; group < weights.length; group += 1) {
      top += weights[group]! * this.#top[group]!;
      bottom += weights[group]! * this.#bottom[group]!;
    }
    return bottom === 0
      ? { defined: false, reason: 'nothing to count' }
      : { defined: true, value: top / bottom };
  }
}
