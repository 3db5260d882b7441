import { ProviderError, type ProviderErrorKind } from '../domain/provider-error.ts';
import { adviceFor } from './failure/advice.ts';
import { errorText } from './failure/error-text.ts';
import { type FailureKind, kindOfFailure } from './failure/kind-of-failure.ts';
import { retryAfterMs } from './failure/retry-after.ts';
import { redact } from './redact.ts';

/** The model that was asked, for messages; `secret` is what must not be in them. */
export interface Asked {
  readonly provider: string;
  readonly model: string;
  readonly baseUrl: string;
  readonly keyEnv: string | null;
  readonly secret: string | undefined;
  /** More that must not be in messages: values of the environment in headers, query and body. */
  readonly secrets?: readonly string[];
}

/** What both vendors' SDKs throw, as far as it is read here. */
interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly status?: number;
  readonly error?: unknown;
  readonly headers?: { get(name: string): string | null };
  readonly cause?: unknown;
}

/**
 * The taxonomy's error for whatever an SDK threw. The original is not kept as `cause`: it may carry the key.
 * @param now milliseconds since the epoch, for a Retry-After given as a date.
 */
export function toProviderError(thrown: unknown, asked: Asked, now: number): ProviderError {
  if (thrown instanceof ProviderError) return thrown;
  const error = (thrown ?? {}) as SdkError;
  const root = rootCause(error);
  const { status, headers } = error;
  const text = describe(error, root);
  const waitMs = retryAfterMs({ headers, text, body: error.error }, now);
  const name = root.name ?? error.name;
  const failure = kindOfFailure({ status, text, code: codeOf(root), name, waitMs });
  const waits = failure.kind === 'rate' || failure.kind === 'overloaded' || failure.kind === 'timeout';
  const made = new ProviderError(failure.kind, sentence(failure.kind, text, asked, status), {
    ...detailsOf(failure, asked, headers?.get('location')),
    ...(status === undefined ? {} : { status }),
    ...(waits && waitMs !== undefined ? { retryAfterMs: waitMs } : {}),
    ...systemCause(root),
  });
  words.set(made, text);
  return made;
}

/** What servers said, whole and without the names around it: messages are clipped, and name the model. */
const words = new WeakMap<ProviderError, string>();

/** The server's own words behind an error. */
export function serverWords(error: ProviderError): string {
  return words.get(error) ?? error.message;
}

function detailsOf(failure: FailureKind, asked: Asked, location?: string | null) {
  const { provider, model } = asked;
  const hint = redact(adviceFor(failure, { ...asked, location }), secretsOf(asked));
  return { provider, model, hint, ...(failure.permanent === true ? { permanent: true } : {}) };
}

function secretsOf({ secret, secrets = [] }: Asked): readonly (string | undefined)[] {
  return [secret, ...secrets];
}

/** The system's code shows whether a call can have reached the provider; nothing else of the original is kept. */
function systemCause(root: SdkError): { cause?: Error } {
  const code = codeOf(root);
  return code === undefined || !/^E[A-Z_]+$/.test(code)
    ? {}
    : { cause: Object.assign(new Error(code), { code }) };
}

/** A reply that is none: the server answered, but not with what was asked for. */
export function badReply(what: string, asked: Asked): ProviderError {
  return brokenReply('bad_reply', what, asked);
}

/** A generation that the server gave up after it had begun to answer. */
export function failedGeneration(what: string, asked: Asked): ProviderError {
  return brokenReply('generation_failed', what, asked);
}

function brokenReply(kind: ProviderErrorKind, what: string, asked: Asked): ProviderError {
  return new ProviderError(kind, sentence(kind, what, asked), detailsOf({ kind }, asked));
}

/** An error object inside a reply with status 200, as some gateways send it. */
export function errorInReply(body: unknown, asked: Asked): ProviderError {
  const inner = ((body as { error?: unknown }).error ?? body) as { code?: unknown; status?: unknown };
  const text = typeof inner === 'string' ? inner : errorText(inner);
  const status = [inner.code, inner.status].map(Number).find((code) => code >= 400 && code < 600);
  const waitMs = retryAfterMs({ text, body }, Date.now());
  const failure: FailureKind =
    status === undefined ? { kind: 'bad_reply' } : kindOfFailure({ status, text, waitMs });
  const { kind } = failure;
  return new ProviderError(kind, sentence(kind, `an error instead of a reply: ${text}`, asked, status), {
    ...detailsOf(failure, asked),
    ...(status === undefined ? {} : { status }),
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
  });
}

function rootCause(error: SdkError): SdkError {
  let root = error;
  for (let depth = 0; depth < 5 && typeof root.cause === 'object' && root.cause !== null; depth += 1) {
    if (root.name === 'CutOffReply') break;
    root = root.cause as SdkError;
  }
  return root;
}

function codeOf(error: SdkError): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}

function describe(error: SdkError, root: SdkError): string {
  if (error.error !== undefined && error.error !== null) return errorText(error.error);
  return root.message || error.message || String(error);
}

function sentence(kind: ProviderErrorKind, text: string, asked: Asked, status?: number): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a server's words must not steer a terminal
  const plain = text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  const clean = redact(plain, secretsOf(asked));
  const clipped = clean.length > 300 ? `${clean.slice(0, 300)}…` : clean;
  const code = status === undefined || clean.startsWith(String(status)) ? '' : ` ${status}`;
  return `${asked.provider}/${asked.model}: ${kind.replaceAll('_', ' ')}${code}: ${clipped}`;
}
