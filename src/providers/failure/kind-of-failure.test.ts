import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ProviderErrorKind } from '../../domain/provider-error.ts';
import { errorText } from './error-text.ts';
import { type Failure, type FailureCause, kindOfFailure } from './kind-of-failure.ts';

interface Row {
  readonly server: string;
  readonly status: number;
  readonly kind: ProviderErrorKind;
  readonly cause?: FailureCause;
  readonly body: unknown;
}

// After the public documentation and bug reports of each server, shortened and with other names.
const rows = readFileSync('test/fixtures/provider-errors.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Row);

const textOf = (body: unknown) => (typeof body === 'string' ? body : errorText(body));

describe('kindOfFailure', () => {
  it.each(rows)('names what $server means with $status $body', ({ status, body, kind, cause }) => {
    const failure = kindOfFailure({ status, text: textOf(body) });
    expect(failure.kind).toBe(kind);
    expect(failure.cause).toBe(cause);
  });

  const permanentNo = rows.filter(({ status, kind }) => kind === 'context_too_long' && status === 400);
  it.each([400, 403, 404, 422, 500])('recognises a long prompt under the status %d too', (status) => {
    for (const { server, body } of permanentNo)
      expect([server, kindOfFailure({ status, text: textOf(body) }).kind]).toEqual([
        server,
        'context_too_long',
      ]);
  });

  it('takes a limit a day that rolls on within a minute for a rate', () => {
    const text = 'Limit 100000, Used 99900, Requested 500 on tokens per day (TPD). Please try again in 20s.';
    expect(kindOfFailure({ status: 429, text, waitMs: 20_000 }).kind).toBe('rate');
    expect(kindOfFailure({ status: 429, text, waitMs: 3_600_000 }).kind).toBe('quota');
  });

  it('takes a quota of Gemini that is free again in seconds for a rate, and one of nothing for none', () => {
    const text =
      'You exceeded your current quota, please check your plan and billing details. Please retry in 2.2s. (RESOURCE_EXHAUSTED)';
    expect(kindOfFailure({ status: 429, text, waitMs: 2200 }).kind).toBe('rate');
    expect(kindOfFailure({ status: 429, text: `${text} limit: 0`, waitMs: 2200 }).kind).toBe('quota');
  });

  it('does not wait longer than a run does', () => {
    expect(kindOfFailure({ status: 429, text: 'slow down', waitMs: 86_400_000 })).toEqual({
      kind: 'quota',
      cause: 'long_wait',
    });
  });

  const transport: readonly [Partial<Failure>, ProviderErrorKind, FailureCause | undefined, boolean][] = [
    [{ code: 'ECONNREFUSED' }, 'network', undefined, false],
    [{ code: 'ENOTFOUND' }, 'network', 'hostname', false],
    [{ code: 'ERR_SSL_WRONG_VERSION_NUMBER' }, 'network', 'uses_http', true],
    [{ code: 'SELF_SIGNED_CERT_IN_CHAIN' }, 'network', 'certificate', true],
    [{ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, 'network', 'certificate', true],
    [{ code: 'CERT_HAS_EXPIRED' }, 'network', 'certificate', true],
    [{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'network', 'certificate', true],
    [{ code: 'HPE_INVALID_CONSTANT' }, 'network', 'uses_https', true],
    [{ text: 'Proxy response (407) !== 200 when HTTP Tunneling' }, 'auth', 'proxy_login', false],
    [{ text: 'Proxy response (403) !== 200 when HTTP Tunneling' }, 'network', 'proxy', true],
    [{ text: 'Proxy response (502) !== 200 when HTTP Tunneling' }, 'network', 'proxy', false],
    [{ code: 'ETIMEDOUT' }, 'timeout', undefined, false],
    [{ name: 'CutOffReply' }, 'bad_reply', undefined, false],
  ];
  it.each(transport)('names a failure of the way: %j', (failure, kind, cause, permanent) => {
    const found = kindOfFailure({ text: '', ...failure });
    expect([found.kind, found.cause, found.permanent ?? false]).toEqual([kind, cause, permanent]);
  });
});

describe('errorText', () => {
  it('leaves out what repeats the question', () => {
    const body = {
      detail: [{ type: 'missing', loc: ['body', 'x'], msg: 'Field required', input: 'context length' }],
    };
    expect(errorText(body)).toBe('Field required (missing, body, x)');
  });

  it('unpacks the error of a server behind a gateway', () => {
    const raw = JSON.stringify({ error: { message: 'prompt is too long', code: 'too_long' } });
    expect(errorText({ error: { message: 'Provider returned error', metadata: { raw } } })).toBe(
      'Provider returned error prompt is too long (too_long)',
    );
  });
});
