import { describe, expect, it } from 'vitest';
import { completionsBase, messagesBase } from './base-url.ts';
import { isLoopback, proxyOf } from './proxy-of.ts';

const via = (address: string, env: Record<string, string>) => proxyOf(new URL(address), env)?.href ?? null;
const both = { HTTP_PROXY: 'http://proxy:3128', HTTPS_PROXY: 'http://secure:3128' };

describe('proxyOf', () => {
  it('goes by the scheme of the address; small letters win, ALL_PROXY stands in', () => {
    expect(via('http://llm.example/v1', both)).toBe('http://proxy:3128/');
    expect(via('https://llm.example/v1', both)).toBe('http://secure:3128/');
    expect(via('https://llm.example/v1', { ...both, https_proxy: 'own:1' })).toBe('http://own:1/');
    expect(via('https://llm.example/v1', { ALL_PROXY: 'http://all:1' })).toBe('http://all:1/');
    expect(via('https://llm.example/v1', {})).toBeNull();
  });

  it.each([
    ['*', 'http://llm.example/', true],
    ['llm.example', 'http://llm.example/', true],
    ['LLM.Example', 'http://llm.example/', true],
    ['.example', 'http://llm.example/', true],
    ['*.example', 'http://a.llm.example/', true],
    ['example', 'http://llm.example/', true],
    ['ample', 'http://llm.example/', false],
    ['other, llm.example', 'http://llm.example/', true],
    ['llm.example:8080', 'http://llm.example:8080/', true],
    ['llm.example:8080', 'http://llm.example/', false],
    ['llm.example:80', 'http://llm.example/', true],
    ['10.0.0.0/8', 'http://10.1.2.3:8000/', true],
    ['10.0.0.0/8', 'http://11.1.2.3/', false],
    ['fd00::/8', 'http://[fd12::1]:8000/', true],
    ['', 'http://llm.example/', false],
  ])('obeys NO_PROXY "%s" for %s: %s', (NO_PROXY, address, exempt) => {
    expect(via(address, { ...both, NO_PROXY }) === null).toBe(exempt);
  });

  it('asks servers on this machine directly, unless configured otherwise', () => {
    for (const host of ['localhost', '127.0.0.1', '127.9.9.9', '[::1]', 'a.localhost']) {
      expect(isLoopback(host)).toBe(true);
      expect(via(`http://${host}:8000/v1`, both)).toBeNull();
      expect(via(`http://${host}:8000/v1`, { ...both, NO_PROXY: '<-loopback>' })).not.toBeNull();
    }
    for (const host of ['localhost.example', '128.0.0.1', '10.0.0.1']) expect(isLoopback(host)).toBe(false);
  });

  it('names a proxy that cannot be used', () => {
    expect(() => via('https://llm.example/', { ALL_PROXY: 'socks5://127.0.0.1:1080' })).toThrow(/socks5/);
  });
});

describe('the address of an API', () => {
  it.each([
    ['http://h:1/v1', 'http://h:1/v1'],
    ['http://h:1/v1/', 'http://h:1/v1'],
    ['http://h:1/v1//', 'http://h:1/v1'],
    ['http://h:1/v1/chat/completions', 'http://h:1/v1'],
    ['http://h:1/v1/chat/completions/', 'http://h:1/v1'],
    ['http://h:1/v1/models', 'http://h:1/v1'],
    ['http://h:1/openai/deployments/d/chat/completions?api-version=1', 'http://h:1/openai/deployments/d'],
    ['http://h:11434/api/chat', 'http://h:11434/v1'],
    ['http://h:1', 'http://h:1'],
    ['HTTP://h:1/v1', 'http://h:1/v1'],
  ])('understands %s', (written, base) => {
    expect(completionsBase(written, 'm').baseUrl).toBe(base);
  });

  it('takes the query apart', () => {
    expect(completionsBase('http://h/v1?api-version=2024-06-01', 'm').query).toEqual({
      'api-version': '2024-06-01',
    });
  });

  it.each(['h:1/v1', 'ftp://h/v1', undefined])('refuses %s', (written) => {
    expect(() => completionsBase(written, 'm')).toThrow(/base_url/);
  });

  it.each(['', '/', '/v1', '/v1/', '/v1/messages'])('of messages may end in "%s"', (end) => {
    expect(messagesBase(`https://api.example${end}`)).toBe('https://api.example');
  });
});
