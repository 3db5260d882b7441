/**
 * A symmetric matrix, row by row; only the lower triangle is read.
 * @example
 * const matrix: SymmetricMatrix = [Float64Array.of(2, 0), Float64Array.of(1, 2)];
 */
export type SymmetricMatrix = readonly Float64Array[];

/** The lower Cholesky factor of a positive definite matrix, or null where it is not (numerically) positive definite. */
export function choleskyFactor(matrix: SymmetricMatrix): Float64Array[] | null {
  const size = matrix.length;
  const factor = Array.from({ length: size }, () => new Float64Array(size));
  for (let row = 0; row < size; row += 1) {
    const target = factor[row]!;
    for (let column = 0; column <= row; column += 1) {
      const other = factor[column]!;
      let sum = matrix[row]![column]!;
      for (let k = 0; k < column; k += 1) sum -= target[k]! * other[k]!;
      if (row === column) {
        if (!(sum > 1e-14 * Math.abs(matrix[row]![row]!)) || !Number.isFinite(sum)) return null;
        target[row] = Math.sqrt(sum);
      } else {
        target[column] = sum / other[column]!;
      }
    }
  }
  return factor;
}

/** Solves L Lᵀ x = right for the factor L of `choleskyFactor`. */
export function solveCholesky(factor: readonly Float64Array[], right: ArrayLike<number>): Float64Array {
  const size = factor.length;
  const solution = Float64Array.from(right);
  for (let row = 0; row < size; row += 1) {
    let sum = solution[row]!;
    for (let k = 0; k < row; k += 1) sum -= factor[row]![k]! * solution[k]!;
    solution[row] = sum / factor[row]![row]!;
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = solution[row]!;
    for (let k = row + 1; k < size; k += 1) sum -= factor[k]![row]! * solution[k]!;
    solution[row] = sum / factor[row]![row]!;
  }
  return solution;
}
