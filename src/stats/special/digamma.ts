/** ψ(x) = d ln Γ(x) / dx for x > 0: recurrence up to x >= 6, then the asymptotic series (Abramowitz & Stegun 6.3.18). */
export function digamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`digamma needs x > 0, received ${x}`);
  let shift = 0;
  let at = x;
  while (at < 10) {
    shift -= 1 / at;
    at += 1;
  }
  const inverse = 1 / (at * at);
  const series =
    inverse * (1 / 12 - inverse * (1 / 120 - inverse * (1 / 252 - inverse * (1 / 240 - inverse / 132))));
  return shift + Math.log(at) - 0.5 / at - series;
}
