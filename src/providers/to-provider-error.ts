import { ProviderError, type ProviderErrorKind } from '../domain/provider-error.ts';
import { kindOfFailure } from './kind-of-failure.ts';
import { redact } from './redact.ts';
import { retryAfterMs } from './retry-after.ts';

/** The model that was asked, for messages; `secret` is what must not be in them. */
export interface Asked {
  readonly provider: string;
  readonly model: string;
  readonly baseUrl: string;
  readonly keyEnv: string | null;
  readonly secret: string | undefined;
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
  const text = describe(error, root);
  const kind = kindOfFailure({
    status: error.status,
    text,
    code: codeOf(root),
    name: root.name ?? error.name,
  });
  const wait = error.headers === undefined ? undefined : retryAfterMs(error.headers, now);
  return new ProviderError(kind, sentence(kind, text, asked, error.status), {
    provider: asked.provider,
    model: asked.model,
    ...(error.status === undefined ? {} : { status: error.status }),
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    ...systemCause(root),
    ...hintFor(kind, asked),
  });
}

/** The system's code tells whether a call can have reached the provider; nothing else of the original is kept. */
function systemCause(root: SdkError): { cause?: Error } {
  const code = codeOf(root);
  return code === undefined || !/^E[A-Z_]+$/.test(code)
    ? {}
    : { cause: Object.assign(new Error(code), { code }) };
}

/** A reply that is none: the server answered, but not with what was asked for. */
export function badReply(what: string, asked: Asked): ProviderError {
  return new ProviderError('bad_reply', sentence('bad_reply', what, asked), {
    provider: asked.provider,
    model: asked.model,
    ...hintFor('bad_reply', asked),
  });
}

/** An error object inside a reply with status 200, as some gateways send it. */
export function errorInReply(body: unknown, asked: Asked): ProviderError {
  const inner = ((body as { error?: unknown }).error ?? body) as { code?: unknown; status?: unknown };
  const text = typeof inner === 'string' ? inner : JSON.stringify(inner);
  const status = [inner.code, inner.status].map(Number).find((code) => code >= 400 && code < 600);
  const kind = status === undefined ? 'bad_reply' : kindOfFailure({ status, text });
  return new ProviderError(kind, sentence(kind, `an error instead of a reply: ${text}`, asked, status), {
    provider: asked.provider,
    model: asked.model,
    ...(status === undefined ? {} : { status }),
    ...hintFor(kind, asked),
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
  if (error.error !== undefined && error.error !== null) {
    const body = error.error as { message?: unknown; error?: { message?: unknown } };
    const message = body.message ?? body.error?.message;
    const rest = JSON.stringify(error.error);
    return typeof message === 'string' ? `${message} ${markers(rest)}`.trim() : rest;
  }
  return root.message || error.message || String(error);
}

/** Codes and types beside the message, which tell more than its words. */
function markers(json: string): string {
  const found = [...json.matchAll(/"(?:code|type|param)":"([\w.-]+)"/g)].map((match) => match[1]!);
  return found.length === 0 ? '' : `(${[...new Set(found)].join(', ')})`;
}

function sentence(kind: ProviderErrorKind, text: string, asked: Asked, status?: number): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a server's words must not steer a terminal
  const plain = text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  const clean = redact(plain, [asked.secret]);
  const clipped = clean.length > 300 ? `${clean.slice(0, 300)}…` : clean;
  const code = status === undefined || clean.startsWith(String(status)) ? '' : ` ${status}`;
  return `${asked.provider}/${asked.model}: ${kind.replaceAll('_', ' ')}${code}: ${clipped}`;
}

function hintFor(kind: ProviderErrorKind, asked: Asked): { hint: string } {
  const key = asked.keyEnv === null ? 'the key (key_env)' : asked.keyEnv;
  const hints: Record<ProviderErrorKind, string> = {
    auth: `check ${key}: the server at ${asked.baseUrl} refused it`,
    quota: 'top up the account, raise its limit, or wait for the next day; the same command then continues',
    rate: 'lower `limits` or `concurrency` of this model in the job',
    overloaded: 'the server is busy; the same command continues later',
    timeout: 'raise `timeout` of this model, or ask it for less',
    network: `is the server at ${asked.baseUrl} running and reachable from here?`,
    content_filter: 'the provider will not judge this text; the vote is an abstention',
    context_too_long: 'the item does not fit into the context of this model; use one with a longer context',
    bad_request: `does the model ${asked.model} exist at ${asked.baseUrl}, and does it accept these settings?`,
    bad_reply: `is ${asked.baseUrl} the address of an API, not of a web page or a proxy?`,
  };
  return { hint: hints[kind] };
}
