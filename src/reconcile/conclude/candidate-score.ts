import { sigmoid } from '../../stats/special/logistic.ts';
import { minLabelsToCalibrate } from '../estimate/estimate-pairs.ts';
import type { ScorePosterior } from '../estimate/estimate-scores.ts';
import { cellStates, type PairTable } from '../tables/pair-table.ts';
import { type HumanPolicy, mergePeople } from './merge-humans.ts';

/** What the scores of one candidate by itself add up to: a line of scores.jsonl. */
export interface CandidateScore {
  readonly item: string;
  readonly candidate: string;
  /** P(the candidate is good: what the labels or the upper half of the scale call correct), in [0, 1]. */
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

/** People are merged in as for pairs; under `human_audits` the probability is the machines' alone. */
export function candidateScores(
  units: PairTable,
  posterior: ScorePosterior,
  humans: HumanPolicy,
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
    const sure = posterior.maxProbability;
    const machine = Math.min(sure, Math.max(1 - sure, sigmoid(posterior.logits[unit]!)));
    const { posterior: probability } = mergePeople(
      machine,
      posterior.labels.opinions[unit] ?? null,
      humans,
      sure,
    );
    return { item: item.id, candidate: x, probability: Math.round(probability * 1e6) / 1e6, basis, votes };
  });
}
