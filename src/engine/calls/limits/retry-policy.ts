import type { ProviderErrorKind } from '../../../domain/provider-error.ts';
import type { RetryPolicy } from '../../../ports/limiter.ts';
import type { Random } from '../../../stats/random.ts';

/** How often a question may fail in each way before it is given up; absent kinds are final at once. */
const triesOf: Partial<Record<ProviderErrorKind, number>> = {
  rate: 10,
  overloaded: 8,
  network: 6,
  timeout: 3,
  bad_reply: 3,
};

const firstWaitMs = 500;
const longestWaitMs = 60_000;
/** A server that asks for more than this will not answer in the time a run waits. */
const longestAskedMs = 15 * 60_000;

/**
 * Exponential backoff with jitter; a Retry-After is obeyed to the letter, with jitter only on top, so that callers
 * do not come back all at once.
 * @param random seeded, so that a run waits the same way twice.
 */
export function retryPolicy(random: Random): RetryPolicy {
  return (error, failures) => {
    if (failures >= (triesOf[error.kind] ?? 1)) return null;
    const backoffMs = Math.min(longestWaitMs, firstWaitMs * 2 ** (failures - 1));
    const jitterMs = backoffMs * random();
    if (error.retryAfterMs === undefined) return backoffMs / 2 + jitterMs / 2;
    return error.retryAfterMs > longestAskedMs ? null : error.retryAfterMs + jitterMs / 10;
  };
}
