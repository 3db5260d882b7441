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
