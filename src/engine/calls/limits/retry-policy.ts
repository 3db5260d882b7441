import type { ProviderError, ProviderErrorKind } from '../../../domain/provider-error.ts';
import type { RetryPolicy } from '../../../ports/limiter.ts';
import type { Random } from '../../../stats/random.ts';

/** Maximum number of tries per kind of error; absent kinds are final at once. */
const triesOf: Partial<Record<ProviderErrorKind, number>> = {
  rate: 10,
  overloaded: 8,
  network: 6,
  timeout: 3,
  generation_failed: 3,
  bad_reply: 3,
};

/** An internal error repeats itself more often than a busy server stays busy. */
const triesOfInternalError = 4;

function triesFor({ kind, status }: ProviderError): number {
  if (kind === 'overloaded' && status === 500) return triesOfInternalError;
  return triesOf[kind] ?? 1;
}

const firstWaitMs = 500;
const maxWaitMs = 60_000;
/** A server that asks for a longer wait will not answer within a run. */
const maxRetryAfterMs = 15 * 60_000;

/**
 * Exponential backoff with jitter. A Retry-After is a lower bound, jitter is only added to it, so that callers do not
 * return all at once.
 * @param random seeded, so that repeated runs wait the same times
 */
export function retryPolicy(random: Random): RetryPolicy {
  return (error, failures) => {
    if (error.permanent || failures >= triesFor(error)) return null;
    const backoffMs = Math.min(maxWaitMs, firstWaitMs * 2 ** (failures - 1));
    const jitterMs = backoffMs * random();
    if (error.retryAfterMs === undefined) return backoffMs / 2 + jitterMs / 2;
    return error.retryAfterMs > maxRetryAfterMs ? null : error.retryAfterMs + jitterMs / 10;
  };
}
