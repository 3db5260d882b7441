import type { ProviderError, ProviderErrorKind } from '../domain/provider-error.ts';

/** How a call ended, told to the limiter so that it learns what the provider bears. */
export type CallEnd =
  | { readonly outcome: 'reply'; readonly tokens: number | null; readonly latencyMs: number }
  | { readonly outcome: 'error'; readonly kind: ProviderErrorKind; readonly retryAfterMs?: number }
  | { readonly outcome: 'abandoned' };

/** The right to make one call. `end` is called exactly once. */
export interface Permit {
  end(how: CallEnd): void;
}

/**
 * Says when a call may start: requests and tokens a minute, calls in flight, a provider's wish to be left alone.
 * One limiter is shared by all judges of one provider and model.
 */
export interface Limiter {
  /** Resolves when a call of about `tokens` tokens may start; rejects with the signal's reason when aborted. */
  enter(tokens: number, signal: AbortSignal): Promise<Permit>;
  /** Why calls are waiting just now, in words for people; null when none is. */
  waiting(): string | null;
}

/**
 * How long to wait before a failed call is tried again, in milliseconds; null when it is not.
 * @param failures how often this call has failed so far, at least 1.
 */
export type RetryPolicy = (error: ProviderError, failures: number) => number | null;
