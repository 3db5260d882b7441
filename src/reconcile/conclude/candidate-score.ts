import { sigmoid } from '../../stats/special/logistic.ts';
import { minLabelsToCalibrate } from '../estimate/estimate-pairs.ts';
import type { ScorePosterior } from '../estimate/estimate-scores.ts';
import { cellStates, type PairTable } from '../tables/pair-table.ts';
import { type HumanPolicy, mergeHuman } from './merge-humans.ts';

/** The posterior of one candidate from its own scores: a line of scores.jsonl. */
export interface CandidateScore {
  readonly item: string;
  readonly candidate: string;
  /** P(the candidate is good), in [0, 1]; good is what the labels call correct, or the upper half of the scale. */
  readonly probability: number;
  readonly basis: 'calibrated' | 'uncalibrated';
  readonly votes: {
    readonly good: number;
    readonly bad: number;
    readonly tie: number;
    readonly abstain: number;
    readonly error: number;
  };
}

/** Human labels are merged as for pairs; under `human_audits` the probability is that of the machines alone. */
export function candidateScores(
  units: PairTable,
  posterior: ScorePosterior,
  humans: HumanPolicy = 'pool',
): CandidateScore[] {
  const basis = posterior.targets.length >= minLabelsToCalibrate ? 'calibrated' : 'uncalibrated';
  return units.heads.map(({ item, x, labels }, unit) => {
    const votes = { good: 0, bad: 0, tie: 0, abstain: 0, error: 0 };
    for (let k = units.start[unit]!; k < units.start[unit + 1]!; k += 1) {
      const state = units.state[k]!;
      if (state === cellStates.error) votes.error += 1;
      else if (state === cellStates.noOpinion) votes.abstain += 1;
      else if (state === cellStates.tie) votes.tie += 1;
      else if (units.value[k]! > 0) votes.good += 1;
      else votes.bad += 1;
    }
    for (const { rater, lean } of labels) {
      if (units.raters[rater]!.hasVote) votes[lean === 0 ? 'tie' : lean > 0 ? 'good' : 'bad'] += 1;
    }
    const max = posterior.maxProbability;
    const machine = Math.min(max, Math.max(1 - max, sigmoid(posterior.logits[unit]!)));
    const { posterior: probability } = mergeHuman(
      machine,
      posterior.labels.opinions[unit] ?? null,
      humans,
      max,
    );
    return { item: item.id, candidate: x, probability: Math.round(probability * 1e6) / 1e6, basis, votes };
  });
}
