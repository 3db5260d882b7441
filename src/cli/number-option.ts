import { ConfigError } from '../domain/errors.ts';

export interface NumberRange {
  readonly whole?: boolean;
  readonly min?: number;
  readonly max?: number;
}

/** The number that an option was given. @throws ConfigError saying what it may be. */
export function numberOption(name: string, text: string, { whole, min, max }: NumberRange = {}): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  const fits = whole === true ? Number.isSafeInteger(value) : Number.isFinite(value);
  if (fits && value >= (min ?? -Infinity) && value <= (max ?? Infinity)) return value;
  const kind = whole === true ? 'a whole number' : 'a number';
  const range = min === undefined && max === undefined ? '' : ` from ${min ?? '-∞'} to ${max ?? '∞'}`;
  throw new ConfigError(`${name} must be ${kind}${range}, received "${text}"`);
}

const perMinute: Readonly<Record<string, number>> = { s: 60, sec: 60, min: 1, h: 1 / 60, hour: 1 / 60 };

/** Reads `60/min`, `5/s`, `1000/h` or `none`. @returns events a minute, or null for no limit. @throws ConfigError */
export function readRate(text: string): number | null {
  if (text === 'none') return null;
  const [, count, unit] = /^(\d+(?:\.\d+)?)\/([a-z]+)$/.exec(text) ?? [];
  const rate = Number(count) * (perMinute[unit ?? ''] ?? Number.NaN);
  if (rate > 0) return rate;
  throw new ConfigError(`"${text}" is not a rate`, [], { hint: 'for example 60/min, 5/s, 1000/h or none' });
}
