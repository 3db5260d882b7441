/** A sparse row: the latent values that a reading is the sum of. */
export interface ReadingRow {
  readonly at: readonly number[];
  readonly weight: readonly number[];
}

/**
 * A normal distribution over a vector, updated one reading at a time (Kalman 1960): for a reading
 * y = h'x + e, e ~ N(0, v), with g = P h and s = h'g + v, the mean moves by g (y - h'm) / s and P by -g g' / s.
 */
export class GaussianState {
  readonly size: number;
  readonly mean: Float64Array;
  /** Row-major, size x size. */
  readonly covariance: Float64Array;

  constructor(size: number) {
    this.size = size;
    this.mean = new Float64Array(size);
    this.covariance = new Float64Array(size * size);
  }

  /** P h. */
  gain({ at, weight }: ReadingRow): Float64Array {
    const gain = new Float64Array(this.size);
    for (let k = 0; k < at.length; k += 1) {
      const row = at[k]! * this.size;
      for (let i = 0; i < this.size; i += 1) gain[i]! += weight[k]! * this.covariance[row + i]!;
    }
    return gain;
  }

  observe(row: ReadingRow, value: number, variance: number): void {
    const { size, mean, covariance } = this;
    const gain = this.gain(row);
    const spread = dot(row, gain) + variance;
    const step = (value - dot(row, mean)) / spread;
    for (let i = 0; i < size; i += 1) {
      mean[i]! += gain[i]! * step;
      const share = gain[i]! / spread;
      if (share === 0) continue;
      for (let j = 0; j < size; j += 1) covariance[i * size + j]! -= share * gain[j]!;
    }
  }
}

/** h'x. */
export function dot({ at, weight }: ReadingRow, values: Float64Array): number {
  let total = 0;
  for (let k = 0; k < at.length; k += 1) total += weight[k]! * values[at[k]!]!;
  return total;
}
