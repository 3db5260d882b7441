import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import type { Dispatcher } from 'undici';
import { ConfigError } from '../../domain/errors.ts';
import type { Environment } from '../../domain/expand-variables.ts';
import { proxyOf } from './proxy-of.ts';

/** How the server of a model is reached. */
export interface Network {
  /** Null: directly. */
  readonly proxy: URL | null;
  /** Certificates of authorities to trust, in PEM; undefined: those of Node. */
  readonly authorities: readonly string[] | undefined;
}

/**
 * The way to an address: the environment's proxy, and the certificate authority of the job.
 * @throws ConfigError where the proxy cannot be used or the file cannot be read.
 */
export function networkOf(address: string, env: Environment, caFile: string | undefined): Network {
  const proxy = proxyOf(new URL(address), env);
  if (caFile === undefined) return { proxy, authorities: undefined };
  const more = env.NODE_EXTRA_CA_CERTS;
  return {
    proxy,
    authorities: [...rootCertificates, certificate(caFile), ...(more ? [certificate(more)] : [])],
  };
}

function certificate(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ConfigError(`the certificate file ${file} cannot be read`, [], {
      cause,
      hint: 'see ca_file of the judge',
    });
  }
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  throw new ConfigError(`${file} holds no certificate`, [], { hint: 'ca_file is a file in PEM format' });
}

/** Connections to an origin. Undici is loaded with the first question. */
export async function openDispatcher(origin: string, { proxy, authorities }: Network): Promise<Dispatcher> {
  const { Pool, ProxyAgent } = await import('undici');
  const tls = authorities === undefined ? {} : { ca: [...authorities] };
  // the whole exchange has a timeout of its own
  const timeouts = { headersTimeout: 0, bodyTimeout: 0 };
  if (proxy === null) return new Pool(origin, { ...timeouts, connect: tls });
  return new ProxyAgent({
    uri: proxy.href,
    ...timeouts,
    requestTls: tls,
    proxyTls: tls,
    // Proxies refuse tunnels to ports other than those of TLS: plain HTTP is forwarded.
    proxyTunnel: origin.startsWith('https:'),
  });
}

/** A `fetch` that goes this way, for a vendor's SDK; undefined where the global one does. */
export function fetchThrough(network: Network): typeof fetch | undefined {
  if (network.proxy === null && network.authorities === undefined) return undefined;
  const dispatchers = new Map<string, Promise<Dispatcher>>();
  return async (input, init) => {
    const undici = await import('undici');
    const { origin } = new URL(typeof input === 'string' || input instanceof URL ? input : input.url);
    const dispatcher = dispatchers.get(origin) ?? openDispatcher(origin, network);
    dispatchers.set(origin, dispatcher);
    const options = { ...init, dispatcher: await dispatcher } as Parameters<typeof undici.fetch>[1];
    const reply: unknown = await undici.fetch(input as Parameters<typeof undici.fetch>[0], options);
    return reply as Response;
  };
}
