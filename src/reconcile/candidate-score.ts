import { sigmoid } from '../stats/special/logistic.ts';
import { fewestForCalibrated } from './believe-pairs.ts';
import type { ScoreBelief } from './believe-scores.ts';
import { cellStates, type PairTable } from './pair-table.ts';

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

export function candidateScores(units: PairTable, belief: ScoreBelief): CandidateScore[] {
  const basis = belief.targets.length >= fewestForCalibrated ? 'calibrated' : 'uncalibrated';
  return units.heads.map(({ item, x }, unit) => {
    const votes = { good: 0, bad: 0, tie: 0, abstain: 0, error: 0 };
    for (let k = units.start[unit]!; k < units.start[unit + 1]!; k += 1) {
      const state = units.state[k]!;
      if (state === cellStates.error) votes.error += 1;
      else if (state === cellStates.silent) votes.abstain += 1;
      else if (state === cellStates.tie) votes.tie += 1;
      else if (units.value[k]! > 0) votes.good += 1;
      else votes.bad += 1;
    }
    const sure = belief.mostSure;
    const probability = Math.min(sure, Math.max(1 - sure, sigmoid(belief.logits[unit]!)));
    return { item: item.id, candidate: x, probability: Math.round(probability * 1e6) / 1e6, basis, votes };
  });
}
