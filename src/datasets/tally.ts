import type { Example } from './example.ts';

/** Counts over the written rows, for the card and the trainer configuration. */
export interface Tally {
  readonly pairAccuracy: number | null;
  readonly calibrated: boolean;
  readonly sources: Readonly<Record<string, number>>;
  readonly desirable: number;
  readonly undesirable: number;
}

export function openTally(): { observe(example: Example): void; conclude(): Tally } {
  const sources: Record<string, number> = {};
  let n = 0;
  let sum = 0;
  let measured = 0;
  let calibrated = 0;
  let desirable = 0;
  let undesirable = 0;
  return {
    observe(example) {
      n += 1;
      sources[example.meta.source] = (sources[example.meta.source] ?? 0) + 1;
      if (example.meta.probability !== null) {
        measured += 1;
        sum += example.meta.probability;
      }
      if (example.meta.basis === 'calibrated') calibrated += 1;
      if (example.kind !== 'completion') return;
      if (example.label) desirable += 1;
      else undesirable += 1;
    },
    conclude: () => ({
      pairAccuracy: measured === 0 ? null : sum / measured,
      calibrated: n > 0 && calibrated === n,
      sources,
      desirable,
      undesirable,
    }),
  };
}
