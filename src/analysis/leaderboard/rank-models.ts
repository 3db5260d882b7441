import type { ReconcileWarning } from '../../reconcile/tables/warnings.ts';
import { drawClusters, percentileInterval } from '../../stats/bootstrap/bootstrap-interval.ts';
import { seededRandom } from '../../stats/random.ts';
import { strongComponents } from '../../stats/ranking/strong-components.ts';
import { sigmoid } from '../../stats/special/logistic.ts';
import type { Comparison, Comparisons } from './comparison.ts';
import {
  byLength,
  byStyle,
  fitControlledStrengths,
  fitStrengths,
  recordsOf,
  type TieModelName,
} from './strengths.ts';

/**
 * One model's standing. Win rates are against the average other model, in [0, 1].
 * @example
 * const width = ({ interval }: LeaderboardRow) => (interval === null ? null : interval[1] - interval[0]);
 */
export interface LeaderboardRow {
  readonly model: string;
  readonly comparisons: number;
  /** Wins plus half the ties, over its comparisons. */
  readonly raw_win_rate: number;
  /** ln strength, mean 0; null where it is undefined. */
  readonly strength: number | null;
  readonly win_rate: number | null;
  /** Cluster-bootstrap interval of `win_rate`. */
  readonly interval: readonly [low: number, high: number] | null;
  readonly length_controlled_win_rate: number | null;
  readonly style_controlled_win_rate: number | null;
}

/**
 * Models in order of strength, and why an order may not exist.
 * @example
 * const names = ({ models }: Leaderboard) => models.map(({ model, win_rate }) => `${model}: ${win_rate ?? 'undefined'}`);
 */
export interface Leaderboard {
  readonly models: readonly LeaderboardRow[];
  readonly comparisons: number;
  /** Comparisons of a weight below 1; present where there are any. */
  readonly comparisons_below_one?: number;
  readonly clusters: number;
  readonly ties: TieModelName;
  /** Why strengths are undefined; null where they are not. */
  readonly undefined_because: string | null;
  /** Models that, directly or through others, both won and lost against each other. More than one: no common scale. */
  readonly groups: readonly (readonly string[])[];
  readonly length_control: string;
  readonly style_control: string;
  readonly replicates: number;
  readonly seed: number;
  readonly warnings: readonly ReconcileWarning[];
}

export interface LeaderboardOptions {
  readonly ties: TieModelName;
  readonly seed: number;
  readonly replicates: number;
  readonly alpha: number;
}

/** Bradley-Terry strengths of models; intervals resample clusters, since comparisons of one prompt are not independent. */
export function rankModels({ comparisons, warnings }: Comparisons, options: LeaderboardOptions): Leaderboard {
  const models = [...new Set(comparisons.flatMap(({ first, second }) => [first, second]))].sort();
  const clusters = [...new Set(comparisons.map(({ cluster }) => cluster))];
  const fit = fitStrengths(models, comparisons, options.ties);
  const groups = strongComponents(models.length, recordsOf(models, comparisons, options.ties));
  const strengths = fit.defined ? fit.value : null;
  const intervals = strengths === null ? null : winRateIntervals(models, comparisons, clusters, options);
  if (intervals !== null && intervals.kept < options.replicates) {
    warnings.add(
      'bootstrap draws without a common scale',
      `${options.replicates - intervals.kept} of ${options.replicates}`,
    );
  }
  const byLengthFit = strengths === null ? null : fitControlledStrengths(models, comparisons, byLength);
  const byStyleFit = strengths === null ? null : fitControlledStrengths(models, comparisons, byStyle);
  const rateOf = (values: Float64Array | null | undefined, index: number) =>
    values ? averageWinRate(values, index) : null;
  const light = comparisons.filter(({ weight }) => weight < 1).length;
  const records = tallyOf(comparisons);
  const rows = models.map((model, index): LeaderboardRow => {
    const { count, weight, wins } = records.get(model)!;
    return {
      model,
      comparisons: count,
      raw_win_rate: wins / weight,
      strength: strengths?.[index] ?? null,
      win_rate: rateOf(strengths, index),
      interval: intervals?.of(index) ?? null,
      length_controlled_win_rate: rateOf(byLengthFit?.defined ? byLengthFit.value : null, index),
      style_controlled_win_rate: rateOf(byStyleFit?.defined ? byStyleFit.value : null, index),
    };
  });
  const state = (control: typeof byLengthFit) =>
    control === null ? 'no common scale' : control.defined ? 'done' : control.reason;
  return {
    models: rows.sort(
      (a, b) =>
        (b.strength ?? b.raw_win_rate) - (a.strength ?? a.raw_win_rate) || (a.model < b.model ? -1 : 1),
    ),
    comparisons: comparisons.length,
    ...(light > 0 && { comparisons_below_one: light }),
    clusters: clusters.length,
    ties: options.ties,
    undefined_because: fit.defined ? null : fit.reason,
    groups: groups.map((group) => group.map((index) => models[index]!)),
    length_control: state(byLengthFit),
    style_control: state(byStyleFit),
    replicates: options.replicates,
    seed: options.seed,
    warnings: warnings.list(),
  };
}

interface Tally {
  readonly count: number;
  readonly weight: number;
  readonly wins: number;
}

function tallyOf(comparisons: readonly Comparison[]): ReadonlyMap<string, Tally> {
  const tally = new Map<string, Tally>();
  const add = (model: string, score: number, own: number): void => {
    const { count, weight, wins } = tally.get(model) ?? { count: 0, weight: 0, wins: 0 };
    tally.set(model, { count: count + 1, weight: weight + own, wins: wins + own * score });
  };
  for (const { first, second, score, weight } of comparisons) {
    add(first, score, weight);
    add(second, 1 - score, weight);
  }
  return tally;
}

/** Mean over the other models of P(this one beats it), ties aside. */
function averageWinRate(strengths: Float64Array, index: number): number {
  let sum = 0;
  strengths.forEach((other, at) => {
    if (at !== index) sum += sigmoid(strengths[index]! - other);
  });
  return sum / (strengths.length - 1);
}

function winRateIntervals(
  models: readonly string[],
  comparisons: readonly Comparison[],
  clusters: readonly string[],
  { ties, seed, replicates, alpha }: LeaderboardOptions,
) {
  const numbers = new Map(clusters.map((cluster, index) => [cluster, index]));
  const clusterOf = comparisons.map(({ cluster }) => numbers.get(cluster)!);
  const rates = models.map((): number[] => []);
  drawClusters(clusters.length, replicates, seededRandom(`leaderboard:${seed}`), (counts) => {
    const fit = fitStrengths(
      models,
      comparisons,
      ties,
      clusterOf.map((cluster) => counts[cluster]!),
    );
    if (!fit.defined) return;
    rates.forEach((values, index) => {
      values.push(averageWinRate(fit.value, index));
    });
  });
  return {
    kept: rates[0]?.length ?? 0,
    of(index: number): readonly [number, number] | null {
      const values = rates[index]!;
      // too few draws had a common scale for an interval
      if (values.length < replicates / 2) return null;
      const { low, high } = percentileInterval(values, alpha);
      return [low, high];
    },
  };
}
