import { describe, expect, it } from 'vitest';
import { addressKind } from './address-kind.ts';

const kindOf = (url: string) => addressKind(new URL(url).hostname);

describe('addressKind', () => {
  it.each([
    ['http://127.0.0.1:11434/v1', 'loopback'],
    ['http://2130706433/', 'loopback'],
    ['http://0x7f.1/', 'loopback'],
    ['http://localhost./', 'loopback'],
    ['http://judge.localhost/', 'loopback'],
    ['http://[::1]:8080/', 'loopback'],
    ['http://[::ffff:127.0.0.1]/', 'loopback'],
    ['http://0.0.0.0/', 'loopback'],
    ['http://169.254.169.254/latest', 'cloud metadata'],
    ['http://[::ffff:169.254.169.254]/', 'cloud metadata'],
    ['http://[fd00:ec2::254]/', 'cloud metadata'],
    ['http://metadata.google.internal/', 'cloud metadata'],
    ['http://100.100.100.200/', 'cloud metadata'],
    ['http://169.254.10.1/', 'link-local'],
    ['http://[fe80::1]/', 'link-local'],
    ['http://192.168.1.4/', 'private network'],
    ['http://172.31.0.1/', 'private network'],
    ['http://[fd12::1]/', 'private network'],
    ['http://gpu-server:8000/', 'private network'],
    ['https://api.openai.com/v1', 'public'],
    ['http://127.0.0.1.example.com/', 'public'],
    ['http://172.32.0.1/', 'public'],
  ])('names %s %s', (url, kind) => {
    expect(kindOf(url)).toBe(kind);
  });
});
