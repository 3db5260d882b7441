import { sigmoid, softplus } from '../special/logistic.ts';
import { choleskyFactor, solveCholesky } from './cholesky.ts';

/**
 * Rows with an outcome, ready for fitting.
 * @example
 * const data: GroupedRows = {
 *   rows: [Float64Array.of(1, 0.5)],
 *   groupOf: [0, 1],
 *   outcomes: Float64Array.of(1),
 *   weights: Float64Array.of(1),
 *   offset: Float64Array.of(0),
 * };
 */
export interface GroupedRows {
  /** One row of features per observation. */
  readonly rows: readonly Float64Array[];
  /** The group of each feature. */
  readonly groupOf: ArrayLike<number>;
  /** Outcomes in [0, 1], a fraction where labels disagree. */
  readonly outcomes: Float64Array;
  /** Weight of each observation, > 0. */
  readonly weights: Float64Array;
  /** The known part of each linear predictor. */
  readonly offset: Float64Array;
}

/**
 * The most probable coefficients, and how well the variances explain the outcomes.
 * @example
 * const fit: GroupedFit = { coefficients: Float64Array.of(0.4, 0.3), logEvidence: -2.9 };
 */
export interface GroupedFit {
  readonly coefficients: Float64Array;
  /** Laplace approximation of ln P(outcomes | group variances). */
  readonly logEvidence: number;
}

const maxSteps = 30;

/**
 * Bayesian logistic regression whose coefficients are N(0, variance of their group): the most probable coefficients and
 * the Laplace evidence (MacKay 1992; Rasmussen & Williams 2006, algorithms 3.1 and 5.1). Partial pooling: what all
 * categories share sits in one group, how each differs in another.
 *
 * ln Z ≈ Σ w ln p(y|f) - ½ γᵀγ - ½ ln|I + ΨᵀWΨ|, Ψ the features scaled by the group's standard deviation.
 * Newton steps with halving, in feature space or in observation space, whichever is smaller: the optimum is the same.
 * @example
 * const data = {
 *   rows: [1, -1, 1, -1].map((x) => Float64Array.of(1, x)),
 *   groupOf: [0, 1],
 *   outcomes: Float64Array.of(1, 0, 1, 1),
 *   weights: Float64Array.of(1, 1, 1, 1),
 *   offset: new Float64Array(4),
 * };
 * fitGroupedRidge(data, [1, 0.5]).coefficients; // [0.5122, 0.3413]
 */
export function fitGroupedRidge(data: GroupedRows, variances: ArrayLike<number>): GroupedFit {
  const active: number[] = [];
  for (let k = 0; k < data.groupOf.length; k += 1) if (variances[data.groupOf[k]!]! > 0) active.push(k);
  const spread = Float64Array.from(active, (k) => Math.sqrt(variances[data.groupOf[k]!]!));
  const scaled = data.rows.map((row) => Float64Array.from(active, (k, index) => row[k]! * spread[index]!));
  const { gamma, logEvidence } =
    active.length <= data.rows.length ? climbFeatures(data, scaled) : climbObservations(data, scaled);
  const coefficients = new Float64Array(data.groupOf.length);
  for (const [index, k] of active.entries()) coefficients[k] = gamma[index]! * spread[index]!;
  return { coefficients, logEvidence };
}

interface Climbed {
  readonly gamma: Float64Array;
  readonly logEvidence: number;
}

/** Newton on γ; the matrix is features x features. */
function climbFeatures(data: GroupedRows, scaled: readonly Float64Array[]): Climbed {
  const size = scaled[0]?.length ?? 0;
  let gamma = new Float64Array(size);
  let predictors = predict(data, scaled, gamma);
  let objective = logLikelihood(data, predictors);
  for (let step = 0; ; step += 1) {
    const gradient = gamma.map((value) => -value);
    const information = identity(size);
    for (const [index, row] of scaled.entries()) {
      const p = sigmoid(predictors[index]!);
      const residual = data.weights[index]! * (data.outcomes[index]! - p);
      const curvature = data.weights[index]! * p * (1 - p);
      for (let k = 0; k < size; k += 1) {
        const value = row[k]!;
        if (value === 0) continue;
        gradient[k]! += residual * value;
        const target = information[k]!;
        const factor = curvature * value;
        for (let j = 0; j <= k; j += 1) target[j]! += factor * row[j]!;
      }
    }
    const factor = factorOf(information);
    const end = { gamma, logEvidence: objective - halfLogDeterminant(factor) };
    if (step === maxSteps) return end;
    const direction = solveCholesky(factor, gradient);
    const before = objective;
    for (let length = 1; length > 1e-6; length /= 2) {
      const next = gamma.map((value, k) => value + length * direction[k]!);
      const nextPredictors = predict(data, scaled, next);
      const reached = logLikelihood(data, nextPredictors) - squares(next) / 2;
      if (reached < objective) continue;
      [gamma, predictors, objective] = [next, nextPredictors, reached];
      break;
    }
    if (objective - before <= 1e-7 * (1 + Math.abs(objective))) {
      return { gamma, logEvidence: objective - halfLogDeterminant(factor) };
    }
  }
}

/** Newton on the predictors; the matrix is observations x observations. */
function climbObservations(data: GroupedRows, scaled: readonly Float64Array[]): Climbed {
  const size = scaled.length;
  const kernel = scaled.map((row, i) => Float64Array.from({ length: i + 1 }, (_, j) => dot(row, scaled[j]!)));
  const at = (i: number, j: number) => (i >= j ? kernel[i]![j]! : kernel[j]![i]!);
  const apply = (vector: Float64Array) =>
    vector.map((_, i) => {
      let sum = 0;
      for (let j = 0; j < size; j += 1) sum += at(i, j) * vector[j]!;
      return sum;
    });
  let alpha = new Float64Array(size);
  let inner = new Float64Array(size);
  let objective = logLikelihood(data, data.offset);
  for (let step = 0; ; step += 1) {
    const root = new Float64Array(size);
    const target = new Float64Array(size);
    for (let i = 0; i < size; i += 1) {
      const p = sigmoid(data.offset[i]! + inner[i]!);
      const curvature = data.weights[i]! * Math.max(p * (1 - p), 1e-10);
      root[i] = Math.sqrt(curvature);
      target[i] = curvature * inner[i]! + data.weights[i]! * (data.outcomes[i]! - p);
    }
    const matrix = kernel.map((row, i) =>
      row.map((value, j) => root[i]! * value * root[j]! + (i === j ? 1 : 0)),
    );
    const factor = factorOf(matrix);
    const evidence = () => objective - halfLogDeterminant(factor);
    const finish = (): Climbed => ({ gamma: combine(scaled, alpha), logEvidence: evidence() });
    if (step === maxSteps) return finish();
    const reachedTarget = apply(target);
    const solved = solveCholesky(
      factor,
      reachedTarget.map((value, i) => root[i]! * value),
    );
    const wanted = target.map((value, i) => value - root[i]! * solved[i]!);
    const before = objective;
    for (let length = 1; length > 1e-6; length /= 2) {
      const next = alpha.map((value, i) => value + length * (wanted[i]! - value));
      const nextInner = apply(next);
      const reached =
        logLikelihood(
          data,
          nextInner.map((value, i) => value + data.offset[i]!),
        ) -
        dot(next, nextInner) / 2;
      if (reached < objective) continue;
      [alpha, inner, objective] = [next, nextInner, reached];
      break;
    }
    if (objective - before <= 1e-7 * (1 + Math.abs(objective))) return finish();
  }
}

function predict(data: GroupedRows, scaled: readonly Float64Array[], gamma: Float64Array): Float64Array {
  return data.offset.map((known, index) => known + dot(scaled[index]!, gamma));
}

function logLikelihood(data: GroupedRows, predictors: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < predictors.length; index += 1) {
    const predictor = predictors[index]!;
    sum += data.weights[index]! * (data.outcomes[index]! * predictor - softplus(predictor));
  }
  return sum;
}

function combine(scaled: readonly Float64Array[], alpha: Float64Array): Float64Array {
  const gamma = new Float64Array(scaled[0]?.length ?? 0);
  for (const [index, row] of scaled.entries()) {
    for (let k = 0; k < gamma.length; k += 1) gamma[k]! += alpha[index]! * row[k]!;
  }
  return gamma;
}

function identity(size: number): Float64Array[] {
  return Array.from({ length: size }, (_, k) => {
    const row = new Float64Array(size);
    row[k] = 1;
    return row;
  });
}

/** I + something positive semi-definite is positive definite unless numbers overflowed. */
function factorOf(matrix: readonly Float64Array[]): Float64Array[] {
  const factor = choleskyFactor(matrix);
  if (factor === null) throw new RangeError('grouped ridge: features too large to be factored');
  return factor;
}

function halfLogDeterminant(factor: readonly Float64Array[]): number {
  return factor.reduce((sum, row, k) => sum + Math.log(row[k]!), 0);
}

function squares(vector: Float64Array): number {
  return dot(vector, vector);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k += 1) sum += a[k]! * b[k]!;
  return sum;
}
