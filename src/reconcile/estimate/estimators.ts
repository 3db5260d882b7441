import type { EffectGroup } from '../evidence/evidence.ts';

/** One way to estimate a posterior from evidence. The lists below run from the simplest to the most detailed. */
export interface Estimator {
  readonly name: string;
  readonly groups: readonly EffectGroup[];
  /** True where it starts from the label-free posterior and fits the deviation from it. */
  readonly fromPrior: boolean;
  /** True where only the one rater that explains the labels best is used. */
  readonly oneRater?: boolean;
}

export const pairEstimators: readonly Estimator[] = [
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

export const scoreEstimators: readonly Estimator[] = [
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

/** Centre of the prior on the variance of each group's effects. */
export const priorVariance: Readonly<Record<EffectGroup, number>> = {
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
