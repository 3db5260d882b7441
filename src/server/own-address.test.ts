import { describe, expect, it } from 'vitest';
import { ownAddress } from './own-address.ts';

const own = ownAddress({ host: '127.0.0.1', port: () => 8700, publicUrls: ['https://feedback.example'] });

describe('ownAddress', () => {
  it.each([
    ...[
      '127.0.0.1:8700',
      'localhost:8700',
      'LOCALHOST',
      '[::1]:8700',
      'feedback.example',
      'feedback.example.',
    ],
    ...['10.0.0.7:8700', '[fd00::1]'],
  ])('accepts the host %s', (host) => {
    expect(own.acceptsHost(host)).toBe(true);
  });

  it.each([
    ...['evil.example', 'evil.example:8700', '127.0.0.1.evil.example', 'localhost.evil.example', ''],
    ...['feedback.example.evil.example', 'evil.example@localhost', 'localhost/evil', 'a b'],
  ])('refuses the host "%s"', (host) => {
    expect(own.acceptsHost(host)).toBe(false);
  });

  it.each([
    'http://127.0.0.1:8700',
    'http://localhost:8700',
    'http://[::1]:8700',
    'https://feedback.example',
  ])('takes %s for its own', (origin) => {
    expect(own.isOwnOrigin(origin)).toBe(true);
  });

  it.each([
    ...['http://evil.example', 'http://127.0.0.1:3000', 'https://localhost:8700', 'http://feedback.example'],
    ...['null', '', 'http://10.0.0.7:8700', 'https://feedback.example:444'],
  ])('takes "%s" for a foreign origin', (origin) => {
    expect(own.isOwnOrigin(origin)).toBe(false);
  });
});
