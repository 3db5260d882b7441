import {
  errorOfBins,
  type ReliabilityBin,
  reliabilityBins,
} from '../../stats/calibration/reliability-bins.ts';
import { sigmoid, softplus } from '../../stats/special/logistic.ts';

/** Quality of held-out log-odds: none was fitted to the outcome it is measured on. */
export interface HeldOutScores {
  readonly n: number;
  /** Share of correct decisions; log-odds of 0 count half. */
  readonly accuracy: number;
  readonly log_loss: number;
  readonly brier: number;
  /** Expected calibration error of the confidence, in 10 bins of equal width. */
  readonly ece: number;
}

export function scoreHeldOut(logits: ArrayLike<number>, outcomes: readonly number[]): HeldOutScores | null {
  const n = outcomes.length;
  if (n === 0) return null;
  let accuracy = 0;
  let loss = 0;
  let brier = 0;
  for (const [index, outcome] of outcomes.entries()) {
    const logit = logits[index]!;
    accuracy += logit === 0 ? 0.5 : logit > 0 ? outcome : 1 - outcome;
    loss += softplus(logit) - outcome * logit;
    brier += (sigmoid(logit) - outcome) ** 2;
  }
  const ece = errorOfBins(confidenceBins(logits, outcomes));
  return {
    n,
    accuracy: round(accuracy / n),
    log_loss: round(loss / n),
    brier: round(brier / n),
    ece: round(ece),
  };
}

/** Reliability of the confidence in the side that is chosen. */
export function confidenceBins(logits: ArrayLike<number>, outcomes: readonly number[]): ReliabilityBin[] {
  const confidence = outcomes.map((_, index) => sigmoid(Math.abs(logits[index]!)));
  const correct = outcomes.map((outcome, index) => {
    const logit = logits[index]!;
    return logit === 0 ? 0.5 : logit > 0 ? outcome : 1 - outcome;
  });
  return reliabilityBins(confidence, correct);
}

/** Four decimals, as reports print them. */
export function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
