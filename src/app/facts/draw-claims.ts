import { basename } from 'node:path';
import { ConfigError } from '../../domain/errors.ts';
import { type KnownClaim, readKnownClaims } from '../../raters/facts/evaluation/read-known-claims.ts';
import { seededRandom, shuffled } from '../../stats/random.ts';

export interface DrawnClaims {
  readonly files: readonly {
    readonly file: string;
    readonly wanted: (claim: KnownClaim, line: number) => boolean;
  }[];
}

/** Reads the files once, so that a broken line is reported before anything is paid, and draws whole clusters up to a limit. */
export async function drawClaims(
  files: readonly string[],
  { limit, seed }: { readonly limit: number | null; readonly seed: number },
): Promise<DrawnClaims> {
  const sizes = new Map<string, number>();
  let count = 0;
  for (const file of files) {
    for await (const { claims } of readKnownClaims(file)) {
      count += claims.length;
      if (limit === null) continue;
      for (const claim of claims)
        sizes.set(clusterOf(claim, file), (sizes.get(clusterOf(claim, file)) ?? 0) + 1);
    }
  }
  if (count === 0) throw new ConfigError(`no claims in ${files.map((file) => basename(file)).join(', ')}`);
  if (limit === null) return { files: files.map((file) => ({ file, wanted: () => true })) };
  const chosen = new Set<string>();
  let left = limit;
  for (const cluster of shuffled([...sizes.keys()], seededRandom(`${seed}/claims`))) {
    if (left <= 0) break;
    chosen.add(cluster);
    left -= sizes.get(cluster)!;
  }
  return { files: files.map((file) => ({ file, wanted: (claim) => chosen.has(clusterOf(claim, file)) })) };
}

function clusterOf({ cluster, id }: KnownClaim, file: string): string {
  return cluster === null ? `${basename(file)}:${id}` : `cluster ${cluster}`;
}
