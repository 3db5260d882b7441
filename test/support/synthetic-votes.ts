import type { Vote } from '../../src/domain/vote.ts';
import { type Random, seededRandom } from '../../src/stats/random.ts';
import { normalQuantile } from '../../src/stats/special/normal.ts';

export interface SyntheticRater {
  readonly id: string;
  readonly taste: number;
  readonly noise: number;
  readonly costUsd: number;
}

export const syntheticPanel: readonly SyntheticRater[] = [
  { id: 'cheap', taste: 1, noise: 1, costUsd: 0.001 },
  { id: 'middle', taste: 0.8, noise: 0.7, costUsd: 0.002 },
  { id: 'dear', taste: 0.6, noise: 0.4, costUsd: 0.006 },
];

/** Whole scores from 1 to 10 of a made-up panel, and which candidate is really the best of each item. */
export function syntheticVotes(items: number, samples: number, seed = 1) {
  const random = seededRandom(seed);
  const votes: Vote[] = [];
  const best = new Map<string, string>();
  for (let i = 0; i < items; i += 1) {
    const item = `q${i}`;
    const qualities = ['a', 'b', 'c', 'd'].map((id) => ({ id, quality: 5.5 + 2 * normal(random) }));
    best.set(item, qualities.reduce((top, one) => (one.quality > top.quality ? one : top)).id);
    for (const { id: rater, taste, noise, costUsd } of syntheticPanel) {
      for (const { id: candidate, quality } of qualities) {
        const seen = quality + taste * normal(random);
        for (let sample = 0; sample < samples; sample += 1) {
          const score = Math.min(10, Math.max(1, Math.round(seen + noise * normal(random))));
          votes.push({
            item,
            rater,
            rater_kind: 'llm',
            kind: 'pointwise',
            candidate,
            sample,
            outcome: 'verdict',
            score,
            scale: [1, 10],
            cost_usd: costUsd,
          });
        }
      }
    }
  }
  return { votes, best };
}

function normal(random: Random): number {
  return normalQuantile(Math.min(1 - 1e-9, Math.max(1e-9, random())));
}
