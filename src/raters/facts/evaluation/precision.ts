import { percentileInterval } from '../../../stats/bootstrap/bootstrap-interval.ts';
import { drawClusters } from '../../../stats/bootstrap/cluster-bootstrap.ts';
import type { Interval } from '../../../stats/intervals/interval.ts';
import { wilsonInterval } from '../../../stats/intervals/proportion.ts';
import { seededRandom } from '../../../stats/random.ts';

/** Verdicts of one kind on claims of one cluster. */
export interface VerdictCount {
  right: number;
  all: number;
}

/** How often a verdict was right where it was given. */
export interface Precision {
  readonly claims: number;
  readonly right: number;
  /** Null where the verdict was never given. */
  readonly precision: number | null;
  /** 95 %; null too where one cluster is all there is. */
  readonly interval: Interval | null;
  readonly method: 'cluster bootstrap' | 'rule of three' | 'wilson' | null;
}

const replicates = 2000;

/**
 * Precision with its 95 % interval. Verdicts that are all right or all wrong show no spread: the rule of three bounds
 * what was not seen, counting clusters, since the claims of one are not independent. Otherwise clusters are drawn
 * again (percentile bootstrap), or it is Wilson's interval where every claim stands for itself.
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
