import type { DateOrder, TimeReading } from '../../domain/row-map.ts';

/** A time as RFC 3339 in UTC, or why it is none. */
export type ReadTime = { readonly at: string } | { readonly problem: string };

/**
 * Reads a time in a usual spelling: RFC 3339, seconds to nanoseconds since the epoch, dates with slashes or dots, with
 * an offset (`Z`, `+02:00`, `+00`, `PDT`) or in a named zone. What a time leaves open is never guessed.
 * @example readTime('5/28/2026 9:10 AM', { zone: 'America/New_York', dates: 'mdy' }) // { at: '2026-05-28T13:10:00.000Z' }
 */
export function readTime(value: unknown, { zone, dates }: TimeReading): ReadTime {
  if (typeof value === 'number' || (typeof value === 'string' && /^\d{9,19}(\.\d+)?$/.test(value.trim()))) {
    return instant(epochMs(Number(value)), value);
  }
  if (typeof value !== 'string') return none(value);
  const text = value.trim();
  const local = localOf(text, dates);
  if (local === null) {
    // "Thu May 28 09:10:00 PDT 2026" and others that name their offset in words
    if (/\b(?:GMT|UTC|[ECMP][SD]T)\b/.test(text)) return instant(Date.parse(text), value);
    return /^\d{1,2}[/.-]\d{1,2}[/.-]\d{4}/.test(text)
      ? {
          problem: `time "${text.slice(0, 40)}" may begin with its day or its month: add dates: mdy or dates: dmy to the map`,
        }
      : none(value);
  }
  const [, offset] = local;
  if (offset !== null) return instant(local[0] - offset * 60_000, value);
  if (zone === null) {
    return {
      problem: `time "${text.slice(0, 40)}" has no offset: add zone: UTC, or the zone it was written in, to the map`,
    };
  }
  return instant(inZone(local[0], zone), value);
}

const shapes: Readonly<Record<DateOrder, RegExp>> = {
  ymd: /^(?<y>\d{4})[-/.](?<m>\d{1,2})[-/.](?<d>\d{1,2})/,
  mdy: /^(?<m>\d{1,2})[/.-](?<d>\d{1,2})[/.-](?<y>\d{4})/,
  dmy: /^(?<d>\d{1,2})[/.-](?<m>\d{1,2})[/.-](?<y>\d{4})/,
};
const clock =
  /^(?:[T ,]+(?<h>\d{1,2}):(?<min>\d\d)(?::(?<s>\d\d)(?<f>\.\d+)?)?\s*(?<half>[AaPp]\.?[Mm]\.?)?)?\s*(?<offset>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$/;

/** Wall clock as if it were UTC, in milliseconds, and the offset in minutes if it has one; null for another spelling. */
function localOf(text: string, dates: DateOrder): readonly [ms: number, offset: number | null] | null {
  const date = shapes.ymd.exec(text) ?? (dates === 'ymd' ? null : shapes[dates].exec(text));
  if (date === null) return null;
  const time = clock.exec(text.slice(date[0].length));
  if (time === null) return null;
  const { y, m, d } = date.groups as Record<string, string>;
  const {
    h = '0',
    min = '0',
    s = '0',
    f = '',
    half,
    offset,
  } = time.groups as Record<string, string | undefined>;
  const hour = half === undefined ? Number(h) : (Number(h) % 12) + (/^p/i.test(half) ? 12 : 0);
  const ms = Date.UTC(
    Number(y),
    Number(m) - 1,
    Number(d),
    hour,
    Number(min),
    Number(s),
    Math.trunc(Number(`0${f}`) * 1000),
  );
  const back = new Date(ms);
  // Date.UTC carries 30 February over into March
  const isReal =
    back.getUTCMonth() === Number(m) - 1 &&
    back.getUTCDate() === Number(d) &&
    hour < 24 &&
    Number(min) < 60 &&
    Number(s) < 61;
  return isReal ? [ms, offset === undefined ? null : minutesOf(offset)] : null;
}

function minutesOf(offset: string): number {
  const parts = /^([+-])(\d\d):?(\d\d)?$/.exec(offset);
  if (parts === null) return 0;
  return (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * 60 + Number(parts[3] ?? 0));
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The instant at which the clocks of a zone show a time; in a gap of daylight saving, as if the clocks had not moved. */
function inZone(wallMs: number, zone: string): number {
  const first = wallMs - offsetMs(wallMs, zone);
  return wallMs - offsetMs(first, zone);
}

function offsetMs(ms: number, zone: string): number {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  const part = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const wall = Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!);
  return wall - Math.floor(ms / 1000) * 1000;
}

function epochMs(number: number): number {
  if (number >= 1e17) return number / 1e6;
  if (number >= 1e14) return number / 1e3;
  return number >= 1e11 ? number : number * 1000;
}

function instant(ms: number, value: unknown): ReadTime {
  return Math.abs(ms) <= 8.64e15 ? { at: new Date(ms).toISOString() } : none(value);
}

function none(value: unknown): ReadTime {
  return { problem: `${JSON.stringify(value)?.slice(0, 60) ?? 'nothing'} is not a time that can be read` };
}
