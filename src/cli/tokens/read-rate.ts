import { ConfigError } from '../../domain/errors.ts';

const perMinute: Readonly<Record<string, number>> = { s: 60, sec: 60, min: 1, h: 1 / 60, hour: 1 / 60 };

/** Reads `60/min`, `5/s`, `1000/h` or `none`. @returns events a minute, or null for no limit. @throws ConfigError */
export function readRate(text: string): number | null {
  if (text === 'none') return null;
  const [, count, unit] = /^(\d+(?:\.\d+)?)\/([a-z]+)$/.exec(text) ?? [];
  const rate = Number(count) * (perMinute[unit ?? ''] ?? Number.NaN);
  if (rate > 0) return rate;
  throw new ConfigError(`"${text}" is not a rate`, [], { hint: 'for example 60/min, 5/s, 1000/h or none' });
}
