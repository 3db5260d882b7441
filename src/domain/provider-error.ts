import { type ErrorOptionsWithHint, QuorateError } from './errors.ts';

/**
 * Why a model gave no reply.
 * - `auth`: key missing or refused. `quota`: money or daily limit used up. Both are final for the run.
 * - `rate`, `overloaded`, `timeout`, `network`: may go better later; retried with backoff.
 * - `content_filter`, `context_too_long`, `bad_request`: final for this one question.
 * - `bad_reply`: something came, but not a reply (HTML, truncated body, an error in a 200); retried a few times.
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
  'bad_reply',
] as const;
export type ProviderErrorKind = (typeof providerErrorKinds)[number];

export interface ProviderErrorDetails extends ErrorOptionsWithHint {
  readonly provider: string;
  readonly model: string;
  readonly status?: number;
  /** How long the server asks to wait, in milliseconds. */
  readonly retryAfterMs?: number;
}

/** A model could not be asked, or did not answer. */
export class ProviderError extends QuorateError {
  readonly kind: ProviderErrorKind;
  readonly provider: string;
  readonly model: string;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(kind: ProviderErrorKind, message: string, details: ProviderErrorDetails) {
    super(`provider/${kind}`, message, details);
    this.kind = kind;
    this.provider = details.provider;
    this.model = details.model;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
  }
}
