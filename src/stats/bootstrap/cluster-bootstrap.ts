import type { Random } from '../random.ts';

/**
 * Draws clusters with replacement (Davison & Hinkley 1997, section 3.8): `visit` gets how often each cluster was drawn,
 * one array that is reused from replicate to replicate. Linear in clusters x replicates; nothing is copied.
 */
export function drawClusters(
  clusterCount: number,
  replicates: number,
  random: Random,
  visit: (counts: Float64Array, replicate: number) => void,
): void {
  const counts = new Float64Array(clusterCount);
  for (let replicate = 0; replicate < replicates; replicate += 1) {
    counts.fill(0);
    for (let draw = 0; draw < clusterCount; draw += 1) counts[Math.floor(random() * clusterCount)]! += 1;
    visit(counts, replicate);
  }
}

/**
 * Replicates of a ratio of sums, the form of every mean, rate and weighted average: Σ numerator / Σ denominator over
 * the drawn clusters. A replicate whose denominator is 0 is left out.
 * @param numerator per cluster @param denominator per cluster
 */
export function bootstrapRatio(
  numerator: ArrayLike<number>,
  denominator: ArrayLike<number>,
  replicates: number,
  random: Random,
): Float64Array {
  const clusterCount = numerator.length;
  const results = new Float64Array(replicates);
  let kept = 0;
  for (let replicate = 0; replicate < replicates; replicate += 1) {
    let top = 0;
    let bottom = 0;
    for (let draw = 0; draw < clusterCount; draw += 1) {
      const cluster = Math.floor(random() * clusterCount);
      top += numerator[cluster]!;
      bottom += denominator[cluster]!;
    }
    if (bottom === 0) continue;
    results[kept] = top / bottom;
    kept += 1;
  }
  return results.subarray(0, kept);
}
