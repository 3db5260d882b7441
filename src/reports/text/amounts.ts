import type { IntervalEstimate } from '../../analysis/agreement/resampling.ts';

/** 12345 as `12,345`. */
export function amount(count: number): string {
  // toLocaleString would load the tables of all languages first
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** Two digits after the point from a dollar on, four significant ones below. */
export function dollars(usd: number): string {
  if (usd === 0) return '$0';
  if (usd >= 1) return `$${usd.toFixed(2)}`;
  return `$${Number(usd.toPrecision(usd < 0.01 ? 2 : 3))}`;
}

/** A duration, rounded up: `40 s`, `12 min`, `3 h 5 min`. */
export function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Rows as a table of text: the first column to the left, numbers to the right. */
export function textTable(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

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
