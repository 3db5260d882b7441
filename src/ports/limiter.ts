import type { ProviderError, ProviderErrorKind } from '../domain/provider-error.ts';

/** How a call ended. The limiter adapts its rate to it. */
export type CallEnd =
  | { readonly outcome: 'reply'; readonly tokens: number | null; readonly latencyMs: number }
  | { readonly outcome: 'error'; readonly kind: ProviderErrorKind; readonly retryAfterMs?: number }
  | { readonly outcome: 'abandoned' };

/** Permission for one call. The caller calls `end` exactly once. */
export interface Permit {
  end(how: CallEnd): void;
}

/**
 * Decides when a call may start: requests and tokens per minute, calls in flight, and a provider's `retry-after`.
 * All judges of one model endpoint share one limiter.
 *
 * To enforce your own limits, for example across machines, implement this interface.
 * @example
 * const unlimited: Limiter = {
 *   enter: async (_tokens, signal) => {
 *     signal.throwIfAborted();
 *     return { end: () => undefined };
 *   },
 *   waiting: () => null,
 * };
 */
export interface Limiter {
  /** Resolves when a call of about `tokens` tokens may start; rejects with the signal's reason when aborted. */
  enter(tokens: number, signal: AbortSignal): Promise<Permit>;
  /** Why calls are waiting now, as a message for the user; null when none is. */
  waiting(): string | null;
}

/**
 * The delay before a failed call is retried, in milliseconds; null for no retry.
 * @param failures how often this call has failed so far, at least 1
 */
export type RetryPolicy = (error: ProviderError, failures: number) => number | null;
