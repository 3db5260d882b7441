import { choleskyFactor, solveCholesky } from '../regression/cholesky.ts';

/**
 * Value, gradient and information (negative Hessian) of a concave function at a point.
 * @example
 * const parabola = ([x = 0]: Float64Array): Curve => ({
 *   value: -x * x,
 *   gradient: Float64Array.of(-2 * x),
 *   information: [Float64Array.of(2)],
 * });
 */
export interface Curve {
  readonly value: number;
  readonly gradient: Float64Array;
  readonly information: Float64Array[];
}

/**
 * Where a concave function is highest.
 * @example
 * const top: Maximum = { at: Float64Array.of(0), value: 0, iterations: 1 };
 */
export interface Maximum {
  readonly at: Float64Array;
  readonly value: number;
  readonly iterations: number;
}

/** Newton's method with step halving on a concave function; stops when a step no longer gains 1e-13 (relative). */
export function maximise(
  start: Float64Array,
  curveAt: (at: Float64Array) => Curve,
  maxIterations = 200,
): Maximum {
  let at = start;
  let curve = curveAt(at);
  for (let iteration = 1; ; iteration += 1) {
    const size = at.length;
    const factor = choleskyFactor(curve.information);
    const step =
      factor === null
        ? curve.gradient.map((slope, k) => slope / Math.max(1e-9, curve.information[k]![k]!))
        : solveCholesky(factor, curve.gradient);
    let scale = 1;
    let next = curve;
    let reached = at;
    while (scale > 1e-12) {
      reached = Float64Array.from({ length: size }, (_, k) => at[k]! + scale * step[k]!);
      next = curveAt(reached);
      if (next.value >= curve.value) break;
      scale /= 2;
    }
    if (!(next.value >= curve.value)) return { at, value: curve.value, iterations: iteration };
    const gain = next.value - curve.value;
    at = reached;
    curve = next;
    if (gain <= 1e-13 * (1 + Math.abs(curve.value)) || iteration >= maxIterations)
      return { at, value: curve.value, iterations: iteration };
  }
}
