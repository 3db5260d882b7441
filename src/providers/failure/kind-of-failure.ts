import type { ProviderErrorKind } from '../../domain/provider-error.ts';
import {
  aDay,
  aMinute,
  badKey,
  barredPlace,
  filtered,
  loading,
  money,
  noModel,
  surelyTooLong,
  throttled,
  tooLong,
  unsupported,
  wantsTls,
} from './failure-words.ts';

/** What is known of a failed call. `text` holds the server's message with its codes and types. */
export interface Failure {
  readonly status?: number | undefined;
  readonly text: string;
  /** System error code, for example ECONNREFUSED. */
  readonly code?: string | undefined;
  readonly name?: string | undefined;
  /** The wait that the server asks for, in milliseconds. */
  readonly waitMs?: number | undefined;
}

/** Failures with advice of their own, beyond that of their kind. */
export type FailureCause =
  | 'address'
  | 'barred'
  | 'certificate'
  | 'hostname'
  | 'long_wait'
  | 'minute_limit'
  | 'model'
  | 'proxy'
  | 'proxy_login'
  | 'redirect'
  | 'setting'
  | 'uses_http'
  | 'uses_https';

export interface FailureKind {
  readonly kind: ProviderErrorKind;
  readonly cause?: FailureCause;
  /** Every further call to this model would fail in the same way. */
  readonly permanent?: boolean;
}

/** A server that asks for a longer wait will not answer within a run. */
const longestWaitMs = 15 * 60_000;
/** A limit per day that is free again within this was a rolling one. */
const shortWaitMs = 60_000;

/** What a failure is, by the server's words first and its status second: gateways send any status for any failure. */
export function kindOfFailure(failure: Failure): FailureKind {
  const { status, text } = failure;
  if (status === undefined) return kindOfTransportFailure(failure);
  if (status >= 300 && status < 400) return { kind: 'bad_request', cause: 'redirect', permanent: true };
  if (wantsTls.test(text)) return { kind: 'bad_request', cause: 'uses_https', permanent: true };
  if (status === 407) return { kind: 'auth', cause: 'proxy_login' };
  if (status === 401) return { kind: 'auth' };
  if (status === 402) return { kind: 'quota' };
  if (status === 429) return kindOfRefusedRate(failure);
  if (isFiltered(status, text)) return { kind: 'content_filter' };
  if (loading.test(text)) return { kind: 'overloaded' };
  if (status === 503 || status === 529) return kindOfBusyServer(text);
  if (status !== 413 && throttled.test(text)) return kindOfRefusedRate(failure);
  if (status === 413 || (tooLong.test(text) && !isThrottled(text))) return { kind: 'context_too_long' };
  if (isUsedUp(failure)) return { kind: 'quota' };
  if (status === 403 && barredPlace.test(text)) return { kind: 'auth', cause: 'barred' };
  if (noModel.test(text)) return { kind: 'bad_request', cause: 'model', permanent: true };
  if (status !== 404 && badKey.test(text)) return { kind: 'auth' };
  if (unsupported.test(text) || status === 501) return { kind: 'bad_request', cause: 'setting' };
  return { kind: kindOfStatus(status), ...(status === 404 || status === 405 ? notThere : {}) };
}

const notThere = { cause: 'address', permanent: true } as const;

function kindOfStatus(status: number): ProviderErrorKind {
  switch (status) {
    case 403:
      return 'auth';
    case 408:
    case 504:
    case 522:
    case 524:
      return 'timeout';
    // conflict, too early, retry with, no capacity
    case 409:
    case 425:
    case 449:
    case 498:
      return 'overloaded';
  }
  if (status >= 500) return 'overloaded';
  return status < 400 ? 'bad_reply' : 'bad_request';
}

/** "Too many requests" is also said of requests that can never pass and of accounts that are used up. */
function kindOfRefusedRate(failure: Failure): FailureKind {
  const { text, waitMs = 0 } = failure;
  if (isAboveLimit(text)) return { kind: 'context_too_long', cause: 'minute_limit' };
  if (surelyTooLong.test(text) && !isThrottled(text)) return { kind: 'context_too_long' };
  if (isUsedUp(failure)) return { kind: 'quota' };
  return waitMs > longestWaitMs ? { kind: 'quota', cause: 'long_wait' } : { kind: 'rate' };
}

function kindOfBusyServer(text: string): FailureKind {
  if (surelyTooLong.test(text)) return { kind: 'context_too_long' };
  if (money.test(text) && !aMinute.test(text)) return { kind: 'quota' };
  return { kind: 'overloaded' };
}

function isFiltered(status: number, text: string): boolean {
  if (status >= 500) return /content_?filter|ResponsibleAI|ContentPolicyViolation/i.test(text);
  return filtered.test(text);
}

/** "Too many tokens, please wait" is a rate, although its first words are those of a long prompt. */
function isThrottled(text: string): boolean {
  return /throttl|please wait|slow down/i.test(text) || (aMinute.test(text) && !isAboveLimit(text));
}

/** One request asks for more than the limit allows: "Limit 30000, Requested 31538". */
function isAboveLimit(text: string): boolean {
  const number = (name: string) => {
    const found = new RegExp(`\\b${name}[:= ]+(?:about )?([\\d][\\d,_]*)`, 'i').exec(text)?.[1];
    return found === undefined ? null : Number(found.replace(/[,_]/g, ''));
  };
  const [limit, requested] = [number('limit'), number('requested')];
  return limit !== null && requested !== null && limit > 0 && requested > limit;
}

/** A limit a day or an empty account will not go better in a minute; some servers use the same words for both. */
function isUsedUp({ status, text, waitMs }: Failure): boolean {
  const rolls = waitMs !== undefined && waitMs <= shortWaitMs;
  if (aDay.test(text) && (status === 429 || /quota|limit/i.test(text)))
    return !(rolls && /\bused[: ]+\d/i.test(text));
  if (!money.test(text) || aMinute.test(text)) return false;
  return !(rolls && /RESOURCE_EXHAUSTED|RetryInfo|retry in/i.test(text) && !/limit: 0\b/i.test(text));
}

const brokenNames = new Set(['CutOffReply', 'SyntaxError']);

function kindOfTransportFailure({ text, code = '', name = '' }: Failure): FailureKind {
  if (name === 'ReplyTooLarge') return { kind: 'reply_too_large' };
  if (brokenNames.has(name)) return { kind: 'bad_reply' };
  const proxyStatus = /Proxy response \((\d+)\)/.exec(text)?.[1];
  if (proxyStatus === '407') return { kind: 'auth', cause: 'proxy_login' };
  if (proxyStatus !== undefined)
    return { kind: 'network', cause: 'proxy', permanent: proxyStatus.startsWith('4') };
  if (
    /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|EPROTO/.test(code) ||
    /wrong version/i.test(text)
  )
    return { kind: 'network', cause: 'uses_http', permanent: true };
  if (/^HPE_/.test(code)) return { kind: 'network', cause: 'uses_https', permanent: true };
  if (/CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ALTNAME/.test(code))
    return { kind: 'network', cause: 'certificate', permanent: true };
  if (name === 'AbortError' || code === 'ETIMEDOUT' || /timed? ?out/i.test(text)) return { kind: 'timeout' };
  return code === 'ENOTFOUND' || code === 'EAI_AGAIN'
    ? { kind: 'network', cause: 'hostname' }
    : { kind: 'network' };
}
