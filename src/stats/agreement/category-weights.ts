export type WeightScheme = 'identity' | 'linear' | 'quadratic';

/** Agreement weight of two category positions on a scale of length `range`: 1 when equal, 0 at the ends (Cohen 1968). */
export function agreementWeight(scheme: WeightScheme, a: number, b: number, range: number): number {
  if (a === b) return 1;
  if (scheme === 'identity' || range === 0) return 0;
  const share = Math.abs(a - b) / range;
  return 1 - (scheme === 'linear' ? share : share * share);
}
