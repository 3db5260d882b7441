/** `weight` times a variable of Gamma(`shape`, 1). */
export interface GammaTerm {
  readonly weight: number;
  readonly shape: number;
}

/**
 * P(Σ weight · Gamma(shape) <= 0) for independent terms, with a relative error of about 1e-9 (also far in the tail).
 *
 * The inverse Laplace transform of the moment generating function Π (1 - s·weight)^(-shape) along a line through the
 * saddle point (Daniels 1954; Lugannani & Rice 1980), by the trapezoid rule in u = sinh x, which converges geometrically
 * for an analytic integrand (Trefethen & Weideman 2014).
 * @example
 * gammaSumBelowZero([{ weight: -1, shape: 1 }, { weight: 1, shape: 2 }]); // 0.25
 */
export function gammaSumBelowZero(terms: readonly GammaTerm[]): number {
  const heaviest = terms.reduce((most, { weight }) => Math.max(most, Math.abs(weight)), 0);
  // what is lost in rounding beside the heaviest term has no sign of its own
  const used = terms.filter(({ weight }) => Math.abs(weight) > 1e-12 * heaviest);
  const least = used.reduce((one, { weight }) => Math.min(one, weight), 0);
  const most = used.reduce((one, { weight }) => Math.max(one, weight), 0);
  if (most === 0) return 1;
  if (least === 0) return 0;
  // K' grows over the whole strip between the two nearest poles: its zero is the saddle point
  const saddle = zeroOfGrowing((s) => slope(used, s), 1 / least, 1 / most);
  const spread = Math.sqrt(curvature(used, 0));
  const near = 0.5 / spread;
  // the pole of 1/s at 0 is kept at a distance
  const through = Math.abs(saddle) < near ? -Math.min(near, -0.5 / least) : saddle;
  const scale = 1 / Math.sqrt(curvature(used, through));
  // right of the pole the line leaves its residue, 1, behind
  const below = (through > 0 ? 1 : 0) - lineIntegral(used, through, scale);
  return Math.min(1, Math.max(0, below));
}

/** (1/π) ∫_0^∞ Re[exp(K(c + iu)) / (c + iu)] du */
function lineIntegral(terms: readonly GammaTerm[], c: number, scale: number): number {
  const step = 1 / 16;
  let sum = 0;
  let largest = 0;
  for (let index = 0; index < 1000; index += 1) {
    const x = index * step;
    const u = scale * Math.sinh(x);
    let logModulus = 0;
    let phase = 0;
    for (const { weight, shape } of terms) {
      const real = 1 - c * weight;
      const imaginary = -u * weight;
      logModulus -= 0.5 * shape * Math.log(real * real + imaginary * imaginary);
      phase -= shape * Math.atan2(imaginary, real);
    }
    const size = (Math.exp(logModulus) * scale * Math.cosh(x)) / Math.hypot(c, u);
    sum += (index === 0 ? 0.5 : 1) * size * Math.cos(phase - Math.atan2(u, c));
    largest = Math.max(largest, size);
    if (size < largest * 1e-13) break;
  }
  return (sum * step) / Math.PI;
}

function slope(terms: readonly GammaTerm[], s: number): number {
  let sum = 0;
  for (const { weight, shape } of terms) sum += (shape * weight) / (1 - s * weight);
  return sum;
}

function curvature(terms: readonly GammaTerm[], s: number): number {
  let sum = 0;
  for (const { weight, shape } of terms) sum += shape * (weight / (1 - s * weight)) ** 2;
  return sum;
}

function zeroOfGrowing(value: (at: number) => number, from: number, to: number): number {
  let low = from;
  let high = to;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (value(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
