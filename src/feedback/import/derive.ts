import { hashValue } from '../../files/content-hash.ts';

/** A deterministic id from content, so that the same export gives the same ids again. Raw authors are never included: a plain
 * hash of a name can be guessed.
 */
export function derivedId(kind: 'query' | 'response' | 'session' | 'event', of: readonly unknown[]): string {
  return `${kind}-${hashValue(of).slice(0, 16)}`;
}

/** Parses a time to RFC 3339; undefined if it is not a time. Accepts RFC 3339, seconds or milliseconds since the epoch, a date
 * text with an offset, and with `assumeUtc` one without an offset.
 */
export function momentOf(value: unknown, assumeUtc = false): string | undefined {
  if (typeof value === 'number' || (typeof value === 'string' && /^\d{10}(\d{3})?(\.\d+)?$/.test(value))) {
    const number = Number(value);
    return iso(number >= 1e11 ? number : number * 1000);
  }
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (/(Z|[+-]\d\d:?\d\d|GMT|UTC)(\s*\([^)]*\))?$/.test(text)) return iso(Date.parse(text));
  if (!assumeUtc || !/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?)?$/.test(text)) return undefined;
  return iso(Date.parse(text.length === 10 ? text : `${text.replace(' ', 'T')}Z`));
}

function iso(ms: number): string | undefined {
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : undefined;
}
