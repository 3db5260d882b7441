import { isIP } from 'node:net';

/** Under which addresses the server is reached, as whoever started it says: a request's own words decide nothing. */
export interface OwnAddress {
  /** Whether a page of this origin comes from the server. */
  isOwnOrigin(origin: string): boolean;
  /**
   * Whether a request may name this host (`Host` header, with port). A page whose name was pointed at this server
   * (DNS rebinding) names its own.
   */
  acceptsHost(host: string): boolean;
}

export interface OwnAddressOptions {
  /** The address that it listens on. */
  readonly host: string;
  /** Read at each request: the port may be chosen at the start. */
  readonly port: () => number;
  /** The URLs of a proxy in front, for example https://feedback.example. */
  readonly publicUrls: readonly string[];
}

/** Names and addresses of this machine, the address listened on, and the public URLs. */
export function ownAddress({ host, port, publicUrls }: OwnAddressOptions): OwnAddress {
  const names = new Set(['localhost', '127.0.0.1', '::1', bare(host)]);
  const origins = new Set(publicUrls.map((url) => new URL(url).origin));
  const publicHosts = new Set(publicUrls.map((url) => bare(new URL(url).hostname)));
  return {
    isOwnOrigin(origin) {
      if (origins.has(origin)) return true;
      if (!URL.canParse(origin)) return false;
      const url = new URL(origin);
      return url.protocol === 'http:' && names.has(bare(url.hostname)) && Number(url.port || 80) === port();
    },
    acceptsHost(text) {
      const name = hostnameOf(text);
      // only a name can be pointed elsewhere, an address is where it is
      return name !== null && (names.has(name) || publicHosts.has(name) || isIP(name) !== 0);
    },
  };
}

/** For an application inside another server, which checks `Host` itself: no page is its own. */
export const noAddress: OwnAddress = { isOwnOrigin: () => false, acceptsHost: () => true };

function hostnameOf(host: string): string | null {
  const url = `http://${host}/`;
  if (!URL.canParse(url) || /[/@?#\\]/.test(host)) return null;
  return bare(new URL(url).hostname);
}

function bare(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}
