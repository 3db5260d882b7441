import type { IntervalEstimate } from '../../analysis/agreement/resampling.ts';

/** `.845 [.79, .89]`; a dash where there is no value. */
export function withInterval(measured: IntervalEstimate): string {
  if (measured.value === null) return '-';
  const value = decimals(measured.value, 3);
  if (measured.low === null || measured.high === null) return value;
  return `${value} [${decimals(measured.low, 2)}, ${decimals(measured.high, 2)}]`;
}

/** Without an interval, for narrow tables; empty where there is no value. */
export function short(measured: IntervalEstimate): string {
  return measured.value === null ? '' : decimals(measured.value, 2);
}

/** The value without its leading zero, as journals print shares. */
export function decimals(value: number, digits: number): string {
  const text = Math.abs(value) < 0.5 * 10 ** -digits ? (0).toFixed(digits) : value.toFixed(digits);
  return text.replace(/^(-?)0\./, '$1.');
}
