import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { type Network, openDispatcher } from './network/network.ts';
import { onAbort } from './on-abort.ts';
import { parseBody } from './reply/parse-body.ts';
import { defaultMaxReplyBytes, ReplyBytes, ReplyTooLarge } from './reply/reply-bytes.ts';

/** The connection broke after the reply had begun: what came is only a part of it. */
class CutOffReply extends Error {
  override readonly name = 'CutOffReply';
}

/** More of a refusal is not read. */
const maxErrorBytes = 64 * 1024;

/** The server said no. It has the members of the SDKs' own errors, so that all are read alike. */
class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly error: unknown;
  readonly headers: { get(name: string): string | null };

  constructor(status: number, { body, header }: JsonReply) {
    super(typeof body === 'string' ? `${status} ${body.slice(0, maxErrorBytes)}` : `${status}`);
    this.status = status;
    this.error = typeof body === 'string' ? undefined : body;
    this.headers = { get: header };
  }
}

/** What the SDKs build before they fetch. */
interface BuiltRequest {
  readonly url: string;
  readonly req: { readonly headers: Headers };
}

export interface JsonReply {
  /** Parsed; a text where it is not JSON. */
  readonly body: unknown;
  header(name: string): string | null;
}

/**
 * One address that is asked again and again, over kept-alive connections. The vendor's SDK builds the first request;
 * the others repeat its headers with another body, because building each anew costs as much CPU as sending it.
 */
export class JsonEndpoint {
  readonly #build: () => Promise<BuiltRequest>;
  readonly #timeoutMs: number;
  readonly #network: Network;
  readonly #maxReplyBytes: number;
  #route: Promise<Route> | undefined;

  constructor(
    build: () => Promise<BuiltRequest>,
    timeoutMs: number,
    network: Network,
    maxReplyBytes: number = defaultMaxReplyBytes,
  ) {
    this.#build = build;
    this.#timeoutMs = timeoutMs;
    this.#network = network;
    this.#maxReplyBytes = maxReplyBytes;
  }

  /** Posts a JSON text once; no redirects. The timeout covers the whole reply. @throws an error with `status` where refused. */
  async post(body: string, signal: AbortSignal): Promise<JsonReply> {
    this.#route ??= this.#build().then((built) => routeOf(built, this.#network));
    const { dispatcher, origin, path, headers } = await this.#route;
    const options = { method: 'POST', origin, path, headers, body } as const;
    return new Promise((resolve, reject) => {
      const exchange = new Exchange(resolve, reject, this.#timeoutMs, this.#maxReplyBytes, signal);
      dispatcher.dispatch(options, exchange);
    });
  }

  async close(): Promise<void> {
    await (await this.#route)?.dispatcher.destroy();
  }
}

interface Route {
  readonly dispatcher: Dispatcher;
  readonly origin: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

async function routeOf({ url, req }: BuiltRequest, network: Network): Promise<Route> {
  const { origin, pathname, search } = new URL(url);
  const dispatcher = await openDispatcher(origin, network);
  return { dispatcher, origin, path: pathname + search, headers: Object.fromEntries(req.headers) };
}

/** One request and its reply, read whole. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #resolve: (reply: JsonReply) => void;
  readonly #reject: (error: unknown) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #offAbort: () => void;
  readonly #maxReplyBytes: number;
  #bytes: ReplyBytes | null = null;
  #controller: Dispatcher.DispatchController | null = null;
  #given: Error | null = null;
  #status = 0;
  #headers: IncomingHttpHeaders = {};

  constructor(
    resolve: (reply: JsonReply) => void,
    reject: (error: unknown) => void,
    timeoutMs: number,
    maxReplyBytes: number,
    signal: AbortSignal,
  ) {
    this.#resolve = resolve;
    this.#reject = reject;
    this.#maxReplyBytes = maxReplyBytes;
    this.#timer = setTimeout(() => this.#giveUp(new Error(`timed out after ${timeoutMs} ms`)), timeoutMs);
    this.#offAbort = onAbort(signal, () => this.#giveUp(new Error('aborted')));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#given !== null) controller.abort(this.#given);
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    this.#status = status;
    this.#headers = headers;
    const maxBytes = this.#isGood ? this.#maxReplyBytes : maxErrorBytes;
    this.#bytes = new ReplyBytes({
      maxBytes,
      encoding: headers['content-encoding'],
      onFailure: (error) => this.#fail(error),
      onDrain: () => controller.resume(),
    });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#bytes?.add(chunk) === false) controller.pause();
  }

  onResponseEnd(): void {
    this.#bytes?.end((bytes) => {
      this.#end();
      const reply = this.#replyOf(bytes);
      if (this.#isGood) this.#resolve(reply);
      else this.#reject(new Refusal(this.#status, reply));
    });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#end();
    this.#bytes?.destroy();
    this.#reject(this.#status === 0 ? error : new CutOffReply('the reply was cut off', { cause: error }));
  }

  get #isGood(): boolean {
    return this.#status >= 200 && this.#status < 300;
  }

  #replyOf(bytes: Buffer): JsonReply {
    const headers = this.#headers;
    return { body: parseBody(bytes.toString('utf8')), header: (name) => headerOf(headers, name) };
  }

  /** The reply is too large or cannot be unpacked. A refusal is known by its status and what came of it. */
  #fail(error: Error): void {
    if (!this.#isGood) this.#giveUp(new Refusal(this.#status, this.#replyOf(this.#bytes!.collected)));
    else if (error instanceof ReplyTooLarge) this.#giveUp(error);
    else this.#giveUp(new CutOffReply('the packed reply cannot be unpacked', { cause: error }));
  }

  /** Whoever waits is told at once, also while the connection is still being made. */
  #giveUp(error: Error): void {
    this.#end();
    this.#given = error;
    this.#reject(error);
    this.#bytes?.destroy();
    this.#controller?.abort(error);
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#offAbort();
  }
}

function headerOf(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  return value === undefined ? null : String(value);
}
