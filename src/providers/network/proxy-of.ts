import { BlockList, isIP } from 'node:net';
import { ConfigError } from '../../domain/errors.ts';
import type { Environment } from '../../domain/expand-variables.ts';

/** In NO_PROXY: addresses of this machine go through the proxy too, which they otherwise never do. */
const alsoLoopback = '<-loopback>';

/**
 * The proxy that the environment names for an address, or null: HTTPS_PROXY or HTTP_PROXY by the scheme of the address,
 * else ALL_PROXY; small letters win. NO_PROXY lists hosts, domains, `host:port`, address ranges (`10.0.0.0/8`) and `*`.
 * @throws ConfigError where the proxy is none that speaks HTTP.
 */
export function proxyOf(address: URL, env: Environment): URL | null {
  const read = (name: string) => env[name]?.trim() || env[name.toUpperCase()]?.trim() || '';
  const named = read(address.protocol === 'https:' ? 'https_proxy' : 'http_proxy') || read('all_proxy');
  if (named === '' || isExempt(address, read('no_proxy'))) return null;
  const text = /^[a-z][a-z\d+.-]*:\/\//i.test(named) ? named : `http://${named}`;
  const proxy = URL.canParse(text) ? new URL(text) : null;
  if (proxy !== null && /^https?:$/.test(proxy.protocol)) return proxy;
  throw new ConfigError(
    `the proxy of the environment is not an HTTP proxy: ${proxy?.protocol ?? 'no address'}`,
    [],
    {
      hint: `name an http:// proxy in HTTPS_PROXY and HTTP_PROXY, or add ${address.hostname} to NO_PROXY`,
    },
  );
}

function isExempt({ hostname, port, protocol }: URL, list: string): boolean {
  const rules = list.split(/[\s,]+/).filter((rule) => rule !== '');
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (isLoopback(host)) return !rules.includes(alsoLoopback);
  const usedPort = port || (protocol === 'https:' ? '443' : '80');
  return rules.some((rule) => fits(rule.toLowerCase(), host, usedPort));
}

function fits(rule: string, host: string, port: string): boolean {
  if (rule === '*') return true;
  const range = /^([\da-f.:]+)\/(\d+)$/.exec(rule);
  if (range !== null) return isInRange(host, range[1]!, Number(range[2]));
  const [, name = rule, onlyPort] = /^(.+?):(\d+)$/.exec(isIP(rule) === 6 ? '' : rule) ?? [];
  if (onlyPort !== undefined && onlyPort !== port) return false;
  const domain = name.replace(/^\*?\./, '').replace(/^\[|\]$/g, '');
  return host === domain || host.endsWith(`.${domain}`);
}

function isInRange(host: string, network: string, prefix: number): boolean {
  const [kind, ofNetwork] = [isIP(host), isIP(network)];
  if (kind === 0 || kind !== ofNetwork || prefix > (kind === 4 ? 32 : 128)) return false;
  const family = kind === 4 ? 'ipv4' : 'ipv6';
  const range = new BlockList();
  range.addSubnet(network, prefix, family);
  return range.check(host, family);
}

/** Whether a host is this machine itself. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return (
    host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
  );
}
