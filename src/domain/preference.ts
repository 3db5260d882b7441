import type { RaterKind } from './vote.ts';

export const preferenceStatuses = ['accepted', 'ambiguous', 'review', 'vetoed', 'conflict'] as const;
export type PreferenceStatus = (typeof preferenceStatuses)[number];

/** What the votes on one pair of candidates add up to: a line of preferences.jsonl. */
export interface Preference {
  readonly item: string;
  readonly pair: readonly [string, string];
  readonly chosen: string;
  readonly rejected: string;
  /** P(chosen is really better), in [0.5, 1]. */
  readonly probability: number;
  readonly status: PreferenceStatus;
  /** `calibrated` only when labels support the probability. */
  readonly basis: 'calibrated' | 'uncalibrated';
  /** Why the status is what it is, in words a person reads. */
  readonly reasons: readonly string[];
  readonly votes: VoteCounts;
  /** What each kind of rater says by itself: its own lean and how many votes it rests on. */
  readonly sources: Readonly<Partial<Record<RaterKind, SourceOpinion>>>;
}

export interface VoteCounts {
  readonly for_chosen: number;
  readonly for_rejected: number;
  readonly tie: number;
  readonly abstain: number;
  readonly error: number;
  /** Pairwise judges that changed their mind when the order was swapped. */
  readonly flipped: number;
}

export interface SourceOpinion {
  /** P(chosen better) by this kind of rater alone, in [0, 1]; null where it has no opinion. */
  readonly probability: number | null;
  readonly votes: number;
}
