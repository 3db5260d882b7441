import { setMaxListeners } from 'node:events';
import { ProviderError } from '../../src/domain/provider-error.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Limiter } from '../../src/ports/limiter.ts';
import { seededRandom } from '../../src/stats/random.ts';

/** A bucket that fills steadily and refuses what it cannot pay at once. */
class Bucket {
  readonly #perMs: number;
  readonly #capacity: number;
  #level: number;
  #at = 0;

  constructor(perMinute: number, capacitySeconds: number) {
    this.#perMs = perMinute / 60_000;
    this.#capacity = (perMinute / 60) * capacitySeconds;
    this.#level = this.#capacity;
  }

  has(units: number, now: number): boolean {
    this.#level = Math.min(this.#capacity, this.#level + (now - this.#at) * this.#perMs);
    this.#at = now;
    return this.#level >= units;
  }

  take(units: number): void {
    this.#level -= units;
  }
}

export interface StrictServerOptions {
  readonly rpm: number;
  readonly tpm: number;
  /** How many seconds of its rate a bucket holds. */
  readonly capacitySeconds: number;
  readonly latencyMs: readonly [min: number, max: number];
  readonly charges: 'use' | 'allowance';
}

/** What a provider saw. */
export interface Traffic {
  readonly startsMs: number[];
  readonly tokens: number[];
  refused: number;
}

/** A provider that enforces its limits strictly, and `callers` who want far more than it allows. */
export async function traffic(
  limiter: Limiter,
  clock: Clock & { run(untilMs: number): Promise<void> },
  options: StrictServerOptions,
  { callers, forMs }: { readonly callers: number; readonly forMs: number },
): Promise<Traffic> {
  const random = seededRandom('strict server');
  const requests = new Bucket(options.rpm, options.capacitySeconds);
  const tokens = new Bucket(options.tpm, options.capacitySeconds);
  const seen: Traffic = { startsMs: [], tokens: [], refused: 0 };
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);

  const call = async (): Promise<void> => {
    const used = 500 + Math.floor(random() * 500);
    const allowed = 1500;
    const permit = await limiter.enter(allowed, stop.signal);
    const now = clock.now();
    const charged = options.charges === 'use' ? used : allowed;
    if (!requests.has(1, now) || !tokens.has(charged, now)) {
      seen.refused += 1;
      permit.end({ outcome: 'error', kind: 'rate', retryAfterMs: 1000 });
      return;
    }
    requests.take(1);
    tokens.take(charged);
    seen.startsMs.push(now);
    seen.tokens.push(charged);
    const [min, max] = options.latencyMs;
    const latencyMs = min + random() * (max - min);
    await clock.sleep(latencyMs, stop.signal);
    permit.end({ outcome: 'reply', tokens: used, latencyMs });
  };
  const caller = async (): Promise<void> => {
    while (!stop.signal.aborted) await call();
  };
  const all = Array.from({ length: callers }, () => caller().catch(ignoreEnd));
  await clock.run(forMs);
  stop.abort(new ProviderError('network', 'the end', { provider: 'test', model: 'test' }));
  await Promise.all(all);
  return seen;
}

function ignoreEnd(error: unknown): void {
  if (!(error instanceof ProviderError)) throw error;
}

/** The most units that fell into any second. */
export function worstSecond(startsMs: readonly number[], units: readonly number[]): number {
  let worst = 0;
  let sum = 0;
  let first = 0;
  for (let last = 0; last < startsMs.length; last += 1) {
    sum += units[last]!;
    while (startsMs[first]! <= startsMs[last]! - 1000) {
      sum -= units[first]!;
      first += 1;
    }
    worst = Math.max(worst, sum);
  }
  return worst;
}
