/** Headers of a reply, or anything that is read like them. */
export interface Headers {
  get(name: string): string | null;
}

/** What a refused call says about when to come back. */
export interface Refused {
  readonly headers?: Headers | undefined;
  /** The server's message. */
  readonly text?: string;
  /** The parsed body; some gateways repeat the headers of the server behind them in it. */
  readonly body?: unknown;
}

/**
 * How long a server asks to wait, in milliseconds. In this order: `retry-after-ms`, `Retry-After` in seconds or as a date,
 * Google's `retryDelay`, "try again in 1m2.5s" in the message, and the reset time of a limit that has nothing left.
 * Undefined where it does not say or says nonsense.
 * @param now milliseconds since the epoch
 */
export function retryAfterMs({ headers, text = '', body }: Refused, now: number): number | undefined {
  const inBody = headersInside(body);
  for (const place of [headers, inBody]) {
    const explicit = place === undefined ? undefined : explicitWait(place, now);
    if (explicit !== undefined) return explicit;
  }
  const delay = /"retryDelay"\s*:\s*"([^"]+)"/.exec(body === undefined ? '' : JSON.stringify(body))?.[1];
  const written = (delay === undefined ? undefined : durationMs(delay)) ?? waitInText(text);
  if (written !== undefined) return written;
  for (const place of [headers, inBody]) {
    const reset = place === undefined ? undefined : resetWait(place, now);
    if (reset !== undefined) return reset;
  }
  return undefined;
}

function explicitWait(headers: Headers, now: number): number | undefined {
  const exact = Number.parseFloat(headers.get('retry-after-ms') ?? headers.get('x-ms-retry-after-ms') ?? '');
  if (exact >= 0) return exact;
  return waitUntil(headers.get('retry-after'), now);
}

/** The names that limits go by in reset headers, with the header that says how much of each is left. */
const limits = ['requests', 'tokens', 'input-tokens', 'output-tokens', 'tokens-minute', 'requests-minute'];
const resets: readonly (readonly [reset: string, remaining: string])[] = [
  ...limits.flatMap((limit) => [
    [`x-ratelimit-reset-${limit}`, `x-ratelimit-remaining-${limit}`] as const,
    [`anthropic-ratelimit-${limit}-reset`, `anthropic-ratelimit-${limit}-remaining`] as const,
  ]),
  ['x-ratelimit-reset', 'x-ratelimit-remaining'],
  ['ratelimit-reset', 'ratelimit-remaining'],
  ['x-ratelimitbysize-reset', 'x-ratelimitbysize-remaining'],
  ['ratelimitbysize-reset', 'ratelimitbysize-remaining'],
];

/** The longest reset among the limits that have nothing left, or that do not say what is left. */
function resetWait(headers: Headers, now: number): number | undefined {
  const waits = resets.flatMap(([reset, remaining]) => {
    const left = Number.parseFloat(headers.get(remaining) ?? '0');
    const wait = left > 0 ? undefined : waitUntil(headers.get(reset), now);
    return wait === undefined ? [] : [wait];
  });
  // RateLimit: limit=10, remaining=0, reset=30 and "default";r=0;t=30 (IETF drafts 6 and 8)
  const draft = headers.get('ratelimit') ?? '';
  const seconds = /(?:^|[;,\s])(?:reset|t)=(\d+)/.exec(draft)?.[1];
  if (seconds !== undefined && /(?:^|[;,\s])(?:remaining|r)=0\b/.test(draft))
    waits.push(Number(seconds) * 1000);
  return waits.length === 0 ? undefined : Math.max(...waits);
}

/** A header that is a number of seconds, a time since the epoch, a duration or a date. */
function waitUntil(header: string | null, now: number): number | undefined {
  const value = header?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(value)) {
    const number = Number.parseFloat(value);
    if (number >= 1e11) return Math.max(0, number - now);
    return number >= 1e9 ? Math.max(0, number * 1000 - now) : number * 1000;
  }
  const duration = durationMs(value);
  if (duration !== undefined) return duration;
  const at = /\d{4}/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const part =
  '\\d+(?:\\.\\d+)? ?(?:ms|milliseconds?|d(?:ays?)?|h(?:(?:ou)?rs?)?|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)(?![a-z])';
const parts = /(\d+(?:\.\d+)?) ?([a-z]+)/gi;
const duration = `(?:${part}[ ,]*(?:and )?)+`.replaceAll('(?![a-z])', '(?![a-z]{2})');

/** "1m2.5s", "6m0s", "20ms", "5 minutes and 3 seconds"; undefined for anything else. */
function durationMs(text: string): number | undefined {
  if (!new RegExp(`^${duration}$`, 'i').test(text)) return undefined;
  let total = 0;
  for (const [, number, unit] of text.matchAll(parts)) {
    const short = /^ms|^milli/i.test(unit!) ? 'ms' : unit![0]!.toLowerCase();
    total += Number(number) * unitMs[short]!;
  }
  return total;
}

const asksToWait =
  /(?:try again|retry your request|retry|retrying|available again|wait|reset\w*)(?: again)?(?: (?:in|after|for|at least))*:? *(?:about |approximately |another )?/gi;

function waitInText(text: string): number | undefined {
  for (const match of text.matchAll(asksToWait)) {
    const rest = text.slice(match.index + match[0].length);
    const found = new RegExp(`^${duration}`, 'i').exec(rest)?.[0];
    const wait = found === undefined ? undefined : durationMs(found.replace(/[ ,]+(and )?$/, ''));
    if (wait !== undefined) return wait;
  }
  const estimated = /"?estimated_time"?\s*:\s*(\d+(?:\.\d+)?)/.exec(text)?.[1];
  return estimated === undefined ? undefined : Number(estimated) * 1000;
}

/** `error.metadata.headers` of a gateway, read like the headers of a reply; case does not matter. */
function headersInside(body: unknown): Headers | undefined {
  const inner = (body as { error?: { metadata?: { headers?: unknown } } } | null | undefined)?.error?.metadata
    ?.headers;
  if (typeof inner !== 'object' || inner === null) return undefined;
  const found = new Map(Object.entries(inner).map(([name, value]) => [name.toLowerCase(), String(value)]));
  return { get: (name) => found.get(name) ?? null };
}
