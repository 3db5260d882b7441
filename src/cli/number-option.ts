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
