import { sigmoid, softplus } from '../special/logistic.ts';
import { choleskyFactor, solveCholesky } from './cholesky.ts';

/**
 * Penalty, weights and start of a logistic regression.
 * @example
 * const options: LogisticOptions = { penalty: [0, 1], maxIterations: 50 };
 */
export interface LogisticOptions {
  /** Ridge strength of each coefficient: adds penalty/2 · (coefficient - priorMean)². One number or one per column. */
  readonly penalty?: number | readonly number[];
  /** Where the ridge pulls to; zeros by default. */
  readonly priorMean?: readonly number[];
  /** Weight of each row, >= 0; ones by default. */
  readonly weights?: ArrayLike<number>;
  /** Known part of each row's linear predictor; zeros by default. */
  readonly offset?: ArrayLike<number>;
  readonly start?: ArrayLike<number>;
  readonly maxIterations?: number;
}

/**
 * Coefficients on the logit scale, and what gives their errors.
 * @example
 * const { coefficients, converged }: LogisticFit = fitLogistic([[1], [1], [1]], [0, 1, 1]);
 */
export interface LogisticFit {
  readonly coefficients: Float64Array;
  /** Lower Cholesky factor of the penalised information matrix; `solveCholesky` of it gives (co)variances. */
  readonly informationFactor: readonly Float64Array[];
  /** Σ w (y ln p + (1-y) ln(1-p)), without the penalty. */
  readonly logLikelihood: number;
  readonly iterations: number;
  /** False: stopped at maxIterations, as happens when classes are separable and nothing is penalised. */
  readonly converged: boolean;
}

/**
 * Ridge logistic regression by Newton's method with step halving (iteratively reweighted least squares;
 * McCullagh & Nelder 1989, le Cessie & van Houwelingen 1992). Outcomes may be fractions in [0, 1].
 *
 * An intercept is a column of ones. A tiny ridge (1e-9) keeps collinear columns solvable.
 * @param rows one row of features per observation
 * @throws RangeError when nothing is given, or lengths differ
 * @example
 * fitLogistic([[1, 0], [1, 1], [1, 2], [1, 3]], [0, 1, 0, 1]).coefficients; // [-1.362, 0.9082]
 */
export function fitLogistic(
  rows: readonly ArrayLike<number>[],
  outcomes: ArrayLike<number>,
  options: LogisticOptions = {},
): LogisticFit {
  const size = rows[0]?.length ?? 0;
  if (rows.length === 0 || size === 0 || rows.length !== outcomes.length) {
    throw new RangeError(
      `fitLogistic needs rows and as many outcomes, received ${rows.length} and ${outcomes.length}`,
    );
  }
  const { penalty = 0, priorMean, weights, offset, maxIterations = 100 } = options;
  const ridge = Float64Array.from({ length: size }, (_, k) =>
    Math.max(1e-9, typeof penalty === 'number' ? penalty : (penalty[k] ?? 0)),
  );
  const centre = Float64Array.from({ length: size }, (_, k) => priorMean?.[k] ?? 0);

  const predictorOf = (row: number, beta: ArrayLike<number>): number => {
    let sum = offset?.[row] ?? 0;
    const features = rows[row]!;
    for (let k = 0; k < size; k += 1) sum += features[k]! * beta[k]!;
    return sum;
  };
  const logLikelihoodOf = (beta: ArrayLike<number>): number => {
    let sum = 0;
    for (let row = 0; row < rows.length; row += 1) {
      const predictor = predictorOf(row, beta);
      sum += (weights?.[row] ?? 1) * (outcomes[row]! * predictor - softplus(predictor));
    }
    return sum;
  };
  const objectiveOf = (beta: ArrayLike<number>, logLikelihood: number): number => {
    let sum = logLikelihood;
    for (let k = 0; k < size; k += 1) sum -= (ridge[k]! / 2) * (beta[k]! - centre[k]!) ** 2;
    return sum;
  };

  let beta = options.start === undefined ? centre.slice() : Float64Array.from(options.start);
  let logLikelihood = logLikelihoodOf(beta);
  let objective = objectiveOf(beta, logLikelihood);
  for (let iteration = 1; ; iteration += 1) {
    const gradient = new Float64Array(size);
    const information = Array.from({ length: size }, () => new Float64Array(size));
    for (let row = 0; row < rows.length; row += 1) {
      const features = rows[row]!;
      const probability = sigmoid(predictorOf(row, beta));
      const weight = weights?.[row] ?? 1;
      const residual = weight * (outcomes[row]! - probability);
      const curvature = weight * probability * (1 - probability);
      for (let k = 0; k < size; k += 1) {
        const value = features[k]!;
        if (value === 0) continue;
        gradient[k]! += residual * value;
        const target = information[k]!;
        for (let j = 0; j <= k; j += 1) target[j]! += curvature * value * features[j]!;
      }
    }
    for (let k = 0; k < size; k += 1) {
      gradient[k]! -= ridge[k]! * (beta[k]! - centre[k]!);
      information[k]![k]! += ridge[k]!;
    }
    const factor = choleskyFactor(information) ?? diagonalFactor(information);
    const step = solveCholesky(factor, gradient);
    const taken = climb(beta, step, objective, (at) => {
      const value = logLikelihoodOf(at);
      return { logLikelihood: value, objective: objectiveOf(at, value) };
    });
    const converged = taken === null || taken.objective - objective <= 1e-12 * (1 + Math.abs(objective));
    if (taken !== null) ({ beta, logLikelihood, objective } = taken);
    if (converged || iteration >= maxIterations) {
      return {
        coefficients: beta,
        informationFactor: factor,
        logLikelihood,
        iterations: iteration,
        converged,
      };
    }
  }
}

interface Climbed {
  readonly beta: Float64Array<ArrayBuffer>;
  readonly logLikelihood: number;
  readonly objective: number;
}

/** The longest of 1, 1/2, 1/4 … of the step that does not go down; null where none does. */
function climb(
  from: Float64Array,
  step: Float64Array,
  objective: number,
  evaluate: (at: Float64Array) => { readonly logLikelihood: number; readonly objective: number },
): Climbed | null {
  for (let scale = 1; scale > 1e-10; scale /= 2) {
    const beta = from.map((value, k) => value + scale * step[k]!);
    const reached = evaluate(beta);
    if (reached.objective >= objective) return { beta, ...reached };
  }
  return null;
}

/** Stands in where the information matrix is singular: each coefficient on its own. */
function diagonalFactor(information: readonly Float64Array[]): Float64Array[] {
  return information.map((row, k) => {
    const line = new Float64Array(information.length);
    line[k] = Math.sqrt(Math.max(row[k]!, 1e-9));
    return line;
  });
}
