import type { RaterKind } from './vote.ts';

/** What follows from a pair's votes; only `accepted` pairs are exported by default. */
export const preferenceStatuses = ['accepted', 'ambiguous', 'review', 'vetoed', 'conflict'] as const;
/**
 * One status of a preference.
 * @example
 * const status: PreferenceStatus = 'accepted';
 */
export type PreferenceStatus = (typeof preferenceStatuses)[number];

/**
 * The reconciled result of all votes on one pair of candidates: a line of preferences.jsonl.
 * @example
 * const [preference]: readonly Preference[] = (await reconcile({ votes })).preferences;
 * if (preference?.status === 'accepted') console.log(preference.chosen, preference.probability);
 */
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
  /** Human-readable reasons of the status. */
  readonly reasons: readonly string[];
  readonly votes: VoteCounts;
  /** The estimate from each kind of rater alone, with its number of votes. */
  readonly sources: Readonly<Partial<Record<RaterKind, SourceOpinion>>>;
}

/** Number of votes on a pair by outcome. */
export interface VoteCounts {
  readonly for_chosen: number;
  readonly for_rejected: number;
  readonly tie: number;
  readonly abstain: number;
  readonly error: number;
  /** Pairwise judges whose verdict changed when the order was swapped. */
  readonly flipped: number;
}

/** The opinion of one kind of rater on a pair. */
export interface SourceOpinion {
  /** P(chosen is better) by this kind of rater alone, in [0, 1]; null without an opinion. */
  readonly probability: number | null;
  readonly votes: number;
}
