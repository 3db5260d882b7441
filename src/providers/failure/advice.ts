import type { ProviderErrorKind } from '../../domain/provider-error.ts';
import type { FailureCause, FailureKind } from './kind-of-failure.ts';

/** What advice names. */
export interface Advised {
  readonly model: string;
  readonly baseUrl: string;
  readonly keyEnv: string | null;
  /** Where the server sends the caller instead. */
  readonly location?: string | null | undefined;
}

/** What a user can do about a failure, with the setting of the job that helps. */
export function adviceFor({ kind, cause }: FailureKind, about: Advised): string {
  return (cause === undefined ? undefined : ofCause[cause](about)) ?? ofKind[kind](about);
}

type Advice = (about: Advised) => string;

const ofKind: Readonly<Record<ProviderErrorKind, Advice>> = {
  auth: ({ keyEnv, baseUrl }) =>
    `check ${keyEnv ?? 'the key (key_env)'}: the server at ${baseUrl} refused it; a gateway may want it in another header (auth_header)`,
  quota: () =>
    'top up the account, raise its limit, or wait for the next day; the same command then continues',
  rate: () => 'lower `limits` or `concurrency` of this model in the job',
  overloaded: () => 'the server is busy or failed; the same command with --retry-errors continues later',
  timeout: () => 'raise `timeout_ms` of this judge, or lower its max_tokens or thinking_tokens',
  network: ({ baseUrl }) => `is the server at ${baseUrl} running and reachable from here?`,
  content_filter: () => 'the provider does not judge this text; the vote is an abstention',
  context_too_long: () =>
    'the question and the tokens for its reply exceed the context of this model: lower max_tokens or thinking_tokens, or use a model or server setting with a longer context',
  bad_request: ({ model, baseUrl }) =>
    `does the model ${model} exist at ${baseUrl}, and does it accept these settings? structured: off asks without a schema`,
  generation_failed: () => 'the server broke off; the same command with --retry-errors asks again',
  reply_too_large: ({ baseUrl }) =>
    `is ${baseUrl} the address of an API? If its replies are that long, raise max_reply_bytes of this judge`,
  bad_reply: ({ baseUrl }) => `is ${baseUrl} the address of an API, not of a web page or a proxy?`,
};

const ofCause: Readonly<Record<FailureCause, Advice>> = {
  address: ({ baseUrl }) => `${rightAddress(baseUrl)}, and is the model named as the server names it?`,
  barred: () => 'the server does not take requests from this account or place; the key is not the reason',
  certificate: () =>
    'the certificate of the server is not trusted: name the file of your certificate authority in ca_file of this judge, or in NODE_EXTRA_CA_CERTS',
  hostname: ({ baseUrl }) =>
    `the host of ${baseUrl} has no address here: is base_url spelled right, and is a proxy needed (HTTPS_PROXY, HTTP_PROXY)?`,
  long_wait: () => 'the server asks to wait longer than a run waits; the same command continues later',
  minute_limit: () =>
    'this one request is above the limit of the account per minute, so waiting does not help: lower max_tokens or thinking_tokens, or raise the limit',
  model: ({ model, baseUrl }) =>
    `the server at ${baseUrl} cannot run ${model}: check the model name, load or pull the model there, or free memory`,
  proxy: () =>
    'the proxy of the environment (HTTPS_PROXY, HTTP_PROXY) refused the way: add the host to NO_PROXY?',
  proxy_login: () => 'the proxy wants a user name and a password: HTTPS_PROXY=http://user:password@host:port',
  redirect: ({ location }) =>
    `redirects are not followed, so that no key is sent to another address; ${
      location == null || location === ''
        ? 'use the final address as base_url'
        : `if you trust it, use base_url: ${baseOf(location)}`
    }`,
  setting: () =>
    'the server does not take a setting of the request: structured: off asks without a schema; remove temperature, top_p, seed, stop, reasoning or extra_body where the message names them',
  uses_http: ({ baseUrl }) =>
    `the server does not speak TLS: use base_url: ${baseUrl.replace(/^https:/, 'http:')}`,
  uses_https: ({ baseUrl }) => `the server speaks TLS: use base_url: ${baseUrl.replace(/^http:/, 'https:')}`,
};

/** The usual address of an API at this place. */
function rightAddress(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (url === null || /\/v\d/.test(url.pathname))
    return `there is no API at this path: check the address in base_url (${baseUrl})`;
  return `there is no API at this path: most servers want base_url: ${url.origin}${url.pathname.replace(/\/+$/, '')}/v1`;
}

/** The base address of an endpoint. */
function baseOf(location: string): string {
  return location.replace(/[?#].*$/, '').replace(/\/(v1\/messages|chat\/completions)\/?$/, '');
}
