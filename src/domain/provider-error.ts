import { type ErrorOptionsWithHint, hasCode, QuorateError } from './errors.ts';

/**
 * Why a model gave no reply.
 * - `auth`: key missing or rejected. `quota`: credit or daily limit exhausted. Both stop the run.
 * - `rate`, `overloaded`, `timeout`, `network`: transient; retried with backoff.
 * - `content_filter`, `context_too_long`, `bad_request`: permanent for this question.
 * - `generation_failed`: the server gave up after it had begun to answer; retried a few times.
 * - `reply_too_large`: the response is larger than the limit of the model; permanent for this question.
 * - `bad_reply`: the response is not a reply (HTML, truncated body, an error with status 200); retried a few times.
 */
export const providerErrorKinds = [
  'auth',
  'quota',
  'rate',
  'overloaded',
  'timeout',
  'network',
  'content_filter',
  'context_too_long',
  'bad_request',
  'generation_failed',
  'reply_too_large',
  'bad_reply',
] as const;
/**
 * One kind of provider failure.
 * @example
 * const kind: ProviderErrorKind = 'rate';
 */
export type ProviderErrorKind = (typeof providerErrorKinds)[number];

/** The details of a provider failure. */
export interface ProviderErrorDetails extends ErrorOptionsWithHint {
  readonly provider: string;
  readonly model: string;
  /** HTTP status code, if a response arrived. */
  readonly status?: number;
  /** The `retry-after` of the server, in milliseconds. */
  readonly retryAfterMs?: number;
  /** Every further call to this model would fail in the same way: nothing is retried, and the run stops. */
  readonly permanent?: boolean;
}

/**
 * A call to a model failed; `kind` says why and whether the engine retries (exit code 4 for `auth`, otherwise 5).
 * @example throw new ProviderError('rate', 'too many requests', { provider: 'mine', model: 'm1', retryAfterMs: 2000 });
 */
export class ProviderError extends QuorateError {
  readonly kind: ProviderErrorKind;
  readonly provider: string;
  readonly model: string;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly permanent: boolean;

  constructor(kind: ProviderErrorKind, message: string, details: ProviderErrorDetails) {
    super(`provider/${kind}`, message, details);
    this.kind = kind;
    this.provider = details.provider;
    this.model = details.model;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
    this.permanent = details.permanent ?? false;
  }

  static override isInstance(value: unknown): value is ProviderError {
    return hasCode(value, 'provider');
  }
}
