import { seededRandom, shuffled } from '../../stats/random.ts';
import type { Evidence, Target } from '../evidence/evidence.ts';
import type { Estimator } from './estimators.ts';
import { type FittedEstimator, fitEstimator } from './fit-estimator.ts';
import { fitLogitScale, stackWeights } from './stack.ts';

/** Posterior fitted to labels: linear in the evidence, so it can be stored and applied to other votes. */
export interface FittedPosterior {
  readonly estimators: readonly FittedEstimator[];
  /** Weights of the estimators in the mixture, summing to 1. */
  readonly shares: Float64Array;
  /** Factor of the mixture's log-odds that calibrates them. */
  readonly logitScale: number;
  /** One per column of the evidence, logit scale included. */
  readonly coefficients: Float64Array;
  /** Factor of the label-free log-odds. */
  readonly priorWeight: number;
  /** Log-odds of every unit; of labelled units from the fit without their fold. */
  readonly logits: Float64Array;
  /** Log-odds of the labelled units, held out, in the order of the targets. */
  readonly heldOut: Float64Array;
}

const folds = 10;
/** With more labels than this, half as many folds are enough. */
const manyLabels = 600;

/**
 * Fits every estimator, weights them by their predictions of held-out clusters, and calibrates the scale of the mixture.
 * The mixture is a logarithmic opinion pool (a mean of log-odds), which keeps it linear.
 */
export function fitPosterior(
  evidence: Evidence,
  estimators: readonly Estimator[],
  targets: readonly Target[],
  seed: number,
): FittedPosterior {
  const { foldOf, count } = foldsOf(evidence, targets, seed);
  const fitted = estimators.map((estimator) => fitEstimator(evidence, estimator, targets, foldOf, count));
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
    fitted.reduce((sum, { estimator }, index) => sum + (estimator.fromPrior ? shares[index]! : 0), 0);
  const heldOut = pooled.map((logit) => logit * logitScale);
  const logits = applyPosterior(evidence, coefficients, priorWeight);
  for (const [index, { unit }] of targets.entries()) logits[unit] = heldOut[index]!;
  return { estimators: fitted, shares, logitScale, coefficients, priorWeight, logits, heldOut };
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

/** Folds over whole clusters, so that near copies of one question are never in both training and held-out data. */
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
  fitted: readonly FittedEstimator[],
  shares: Float64Array,
  part: (fit: FittedEstimator) => Float64Array,
): Float64Array {
  const sum = new Float64Array(part(fitted[0]!).length);
  for (const [index, fit] of fitted.entries()) {
    const values = part(fit);
    for (let k = 0; k < sum.length; k += 1) sum[k]! += shares[index]! * values[k]!;
  }
  return sum;
}
