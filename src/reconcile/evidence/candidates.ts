import type { EffectGroup } from './evidence.ts';

/** A way to turn evidence into belief, from the plainest to the most detailed. */
export interface Candidate {
  readonly name: string;
  readonly groups: readonly EffectGroup[];
  /** True where it starts from the belief without labels and learns how to depart from it. */
  readonly fromPrior: boolean;
  /** True where only the one rater that explains the labels best is heard. */
  readonly oneRater?: boolean;
}

export const pairCandidates: readonly Candidate[] = [
  { name: 'majority', groups: ['consensus'], fromPrior: false },
  { name: 'best rater', groups: ['rater'], fromPrior: false, oneRater: true },
  { name: 'label-free posterior', groups: ['label_free'], fromPrior: true },
  { name: 'rater weights', groups: ['label_free', 'rater'], fromPrior: true },
  {
    name: 'rater weights by category',
    groups: ['label_free', 'rater', 'rater_by_category', 'consensus_by_category'],
    fromPrior: true,
  },
  {
    name: 'rater weights by category, and length',
    groups: [
      'label_free',
      'rater',
      'rater_by_category',
      'consensus_by_category',
      'length',
      'length_by_category',
    ],
    fromPrior: true,
  },
];

export const scoreCandidates: readonly Candidate[] = [
  { name: 'majority', groups: ['consensus', 'base_rate'], fromPrior: false },
  { name: 'best rater', groups: ['rater', 'base_rate'], fromPrior: false, oneRater: true },
  { name: 'label-free posterior', groups: ['label_free', 'base_rate'], fromPrior: true },
  { name: 'rater weights', groups: ['rater', 'base_rate'], fromPrior: false },
  {
    name: 'rater weights by category',
    groups: ['rater', 'base_rate', 'base_rate_by_category', 'rater_by_category'],
    fromPrior: false,
  },
];

/** Variance of each group's effects before the labels speak: the middle of its prior. */
export const usualVariance: Readonly<Record<EffectGroup, number>> = {
  rater: 0.3,
  rater_by_category: 0.1,
  label_free: 0.1,
  consensus: 1,
  consensus_by_category: 0.3,
  length: 0.1,
  length_by_category: 0.1,
  base_rate: 1,
  base_rate_by_category: 0.1,
};
