import type { FixedHeaders } from './keep-alive-fetch.ts';

/** What the SDKs build before they fetch. */
interface BuiltRequest<R> {
  readonly req: R;
  readonly url: string;
  readonly timeout: number;
}

interface RequestLike extends RequestInit {
  readonly headers: Headers;
}

const noHeaders = new Headers();

/**
 * A judge sends the same request again and again, with another body. The SDK builds the first one, headers and all;
 * the others repeat it. Building each anew costs as much CPU as sending it.
 */
export class RepeatedRequest<R extends RequestLike> {
  #first: Promise<BuiltRequest<R> & { readonly fixedHeaders: FixedHeaders }> | undefined;

  async build(
    buildFirst: () => Promise<BuiltRequest<R>>,
    options: { readonly body?: unknown; readonly fetchOptions?: object | undefined },
  ): Promise<BuiltRequest<R>> {
    this.#first ??= buildFirst().then((first) => ({
      ...first,
      fixedHeaders: Object.fromEntries(first.req.headers),
    }));
    const { req, url, timeout, fixedHeaders } = await this.#first;
    const body = JSON.stringify(options.body);
    return { req: { ...req, headers: noHeaders, fixedHeaders, ...options.fetchOptions, body }, url, timeout };
  }
}
