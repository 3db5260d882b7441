import { seededRandom, shuffled } from '../../stats/random.ts';
import type { Candidate } from '../evidence/candidates.ts';
import type { Evidence, Target } from '../evidence/evidence.ts';
import { type FittedCandidate, fitCandidate } from './fit-candidate.ts';
import { fitLogitScale, stackWeights } from './stack.ts';

/** Belief learned from labels: linear in the evidence, so it can be stored and used again. */
export interface FittedPosterior {
  readonly candidates: readonly FittedCandidate[];
  /** Of the candidates, summing to 1. */
  readonly shares: Float64Array;
  readonly logitScale: number;
  /** One a column of the evidence, logitScale included. */
  readonly coefficients: Float64Array;
  /** What the log-odds believed without labels are multiplied by. */
  readonly priorWeight: number;
  /** Log-odds of every unit; of labelled units from the fit without their fold. */
  readonly logits: Float64Array;
  /** Log-odds of the labelled units, held out, in the order of the targets. */
  readonly heldOut: Float64Array;
}

const folds = 10;
/** With more labels than this, half as many folds tell as much. */
const manyLabels = 600;

/**
 * Fits every candidate, weighs them by what they say of held-out clusters, and makes the mixture as sure as it deserves.
 * The mixture is taken in log-odds (a logarithmic opinion pool), which keeps it linear.
 */
export function fitPosterior(
  evidence: Evidence,
  candidates: readonly Candidate[],
  targets: readonly Target[],
  seed: number,
): FittedPosterior {
  const { foldOf, count } = foldsOf(evidence, targets, seed);
  const fitted = candidates.map((candidate) => fitCandidate(evidence, candidate, targets, foldOf, count));
  const outcomes = targets.map(({ outcome }) => outcome);
  const shares = stackWeights(
    fitted.map(({ heldOut }) => heldOut),
    outcomes,
    seed,
  );
  const pooled = pool(fitted, shares, ({ heldOut }) => heldOut);
  const logitScale = fitLogitScale(pooled, outcomes);
  const coefficients = pool(fitted, shares, (fit) => fit.coefficients).map((value) => value * logitScale);
  const priorWeight =
    logitScale *
    fitted.reduce((sum, { candidate }, index) => sum + (candidate.fromPrior ? shares[index]! : 0), 0);
  const heldOut = pooled.map((logit) => logit * logitScale);
  const logits = applyPosterior(evidence, coefficients, priorWeight);
  for (const [index, { unit }] of targets.entries()) logits[unit] = heldOut[index]!;
  return { candidates: fitted, shares, logitScale, coefficients, priorWeight, logits, heldOut };
}

export function applyPosterior(
  evidence: Evidence,
  coefficients: Float64Array,
  priorWeight: number,
): Float64Array {
  return evidence.prior.map((prior, unit) => {
    let sum = priorWeight * prior;
    for (let k = evidence.start[unit]!; k < evidence.start[unit + 1]!; k += 1) {
      sum += coefficients[evidence.column[k]!]! * evidence.value[k]!;
    }
    return sum;
  });
}

/** Folds over whole clusters, so that a question and its twin never sit on both sides. */
function foldsOf(
  evidence: Evidence,
  targets: readonly Target[],
  seed: number,
): { foldOf: Int32Array; count: number } {
  const clusters = [...new Set(targets.map(({ unit }) => evidence.cluster[unit]!))].sort();
  const count = Math.min(targets.length > manyLabels ? folds / 2 : folds, clusters.length);
  const place = new Map(
    shuffled(clusters, seededRandom(`folds ${seed}`)).map((cluster, index) => [cluster, index]),
  );
  return {
    foldOf: Int32Array.from(targets, ({ unit }) => place.get(evidence.cluster[unit]!)! % count),
    count,
  };
}

function pool(
  fitted: readonly FittedCandidate[],
  shares: Float64Array,
  part: (fit: FittedCandidate) => Float64Array,
): Float64Array {
  const sum = new Float64Array(part(fitted[0]!).length);
  for (const [index, fit] of fitted.entries()) {
    const values = part(fit);
    for (let k = 0; k < sum.length; k += 1) sum[k]! += shares[index]! * values[k]!;
  }
  return sum;
}
