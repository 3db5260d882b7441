import { drawClusters, percentileInterval } from '../../../stats/bootstrap/bootstrap-interval.ts';
import type { Interval } from '../../../stats/estimate.ts';
import { wilsonInterval } from '../../../stats/intervals/proportion.ts';
import { seededRandom } from '../../../stats/random.ts';

/** Verdicts of one kind on the claims of one cluster. */
export interface VerdictCount {
  right: number;
  all: number;
}

/** The precision of a verdict. */
export interface Precision {
  readonly claims: number;
  readonly right: number;
  /** Null if the verdict was never given. */
  readonly precision: number | null;
  /** 95 % interval; also null with a single cluster. */
  readonly interval: Interval | null;
  readonly method: 'cluster bootstrap' | 'rule of three' | 'wilson' | null;
}

const replicates = 2000;

/**
 * Precision with its 95 % interval. If all verdicts are correct or all wrong, the rule of three (Hanley and
 * Lippman-Hand 1983) bounds the rate, counting clusters, because claims of one cluster are dependent. Otherwise the
 * cluster bootstrap (percentile method) is used, or Wilson's interval if every claim is its own cluster.
 */
export function precisionOf(clusters: readonly VerdictCount[]): Precision {
  const claims = clusters.reduce((sum, { all }) => sum + all, 0);
  const right = clusters.reduce((sum, one) => sum + one.right, 0);
  const known = { claims, right, precision: claims === 0 ? null : right / claims };
  if (claims === 0) return { ...known, interval: null, method: null };
  if (right === claims || right === 0) {
    const bound = Math.min(1, 3 / clusters.length);
    const interval = right === 0 ? { low: 0, high: bound } : { low: 1 - bound, high: 1 };
    return { ...known, interval, method: 'rule of three' };
  }
  if (clusters.length === claims)
    return { ...known, interval: wilsonInterval(right, claims), method: 'wilson' };
  if (clusters.length === 1) return { ...known, interval: null, method: null };
  return { ...known, interval: bootstrapped(clusters), method: 'cluster bootstrap' };
}

function bootstrapped(clusters: readonly VerdictCount[]): Interval {
  const shares = new Float64Array(replicates);
  drawClusters(clusters.length, replicates, seededRandom('precision'), (counts, replicate) => {
    let [right, all] = [0, 0];
    for (let index = 0; index < counts.length; index += 1) {
      right += counts[index]! * clusters[index]!.right;
      all += counts[index]! * clusters[index]!.all;
    }
    shares[replicate] = right / all;
  });
  return percentileInterval(shares, 0.05);
}
