import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeLedger } from './fake-ledger.ts';
import { defaultReply, type FakeQuestion } from './fake-reply.ts';
import { errorBody, type FakeAnswer, questionOf, replyBody, usageOf } from './fake-wire.ts';

/** What a fake server does with one request. A string is a successful reply of that text. */
export type FakeBehaviour =
  | string
  | FakeAnswer
  /** Never answers. */
  | { readonly does: 'hang' }
  /** Sends the first half of the body, then closes the connection. */
  | { readonly does: 'cut' }
  /** Closes the connection before any answer. */
  | { readonly does: 'drop' }
  | { readonly does: 'html'; readonly status?: number }
  | { readonly does: 'invalid-json' }
  /** Status 200 with an error for a body. */
  | { readonly does: 'error-in-200'; readonly message?: string; readonly code?: string | number }
  | FakeRefusal;

export interface FakeRefusal {
  readonly does: 'refuse';
  readonly status: number;
  readonly message?: string;
  readonly code?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Undefined stands for the default answer. */
type Answering = FakeBehaviour | undefined;

export interface FakeProviderOptions {
  /** Called for each question; may wait for whatever the test wants to hold it back with. */
  readonly behave?: (question: FakeQuestion, call: number) => Answering | Promise<Answering>;
  /** Accepted keys; default: any. */
  readonly keys?: readonly string[];
  /** Known models; default: any. */
  readonly models?: readonly string[];
  /** Other routes (files, batches); answers true when it took the request. */
  readonly route?: (
    request: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
  ) => boolean | Promise<boolean>;
}

export interface FakeProvider {
  /** Base URL for OpenAI's SDK. */
  readonly openAiUrl: string;
  /** Base URL for Anthropic's SDK. */
  readonly anthropicUrl: string;
  readonly ledger: FakeLedger;
  close(): Promise<void>;
}

/**
 * A local server that speaks OpenAI's and Anthropic's APIs as far as judges use them, and misbehaves on demand.
 * Without `behave` its answers depend on nothing but the question.
 */
export async function startFakeProvider(options: FakeProviderOptions = {}): Promise<FakeProvider> {
  const ledger = new FakeLedger();
  const server = createServer((request, response) => {
    serve(request, response, options, ledger).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  const port = await listen(server);
  const root = `http://127.0.0.1:${port}`;
  return {
    openAiUrl: `${root}/v1`,
    anthropicUrl: root,
    ledger,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A JSON reply, or something malformed. */
type Sent =
  | { readonly status: number; readonly body: object; readonly headers?: Readonly<Record<string, string>> }
  | ((response: ServerResponse) => void);

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  options: FakeProviderOptions,
  ledger: FakeLedger,
): Promise<void> {
  const raw = await bodyOf(request);
  const path = new URL(request.url ?? '/', 'http://fake').pathname;
  const api = path === '/v1/messages' || request.headers['x-api-key'] !== undefined ? 'anthropic' : 'openai';
  const key = request.headers['x-api-key'] ?? request.headers.authorization?.replace(/^Bearer /, '');
  if (options.keys !== undefined && !options.keys.includes(String(key))) {
    const message = `Incorrect API key provided: ${String(key)}`;
    return send(response, { status: 401, body: errorBody(api, 401, message, 'invalid_api_key') });
  }
  if (options.route !== undefined && (await options.route(request, raw, response))) return;
  if (path === '/v1/models') {
    return send(response, { status: 200, body: modelList(options.models ?? ['fake-model']) });
  }
  if (request.method !== 'POST' || !/^\/v1\/messages$|\/(chat\/completions|embeddings)$/.test(path)) {
    const message = `no such route: ${request.method} ${path}`;
    return send(response, { status: 404, body: errorBody(api, 404, message, 'not_found') });
  }
  const body = JSON.parse(raw.toString('utf8')) as Record<string, unknown>;
  if (options.models !== undefined && !options.models.includes(String(body.model))) {
    const code = api === 'openai' ? 'model_not_found' : 'not_found_error';
    const message = `The model \`${body.model}\` does not exist`;
    return send(response, { status: 404, body: errorBody(api, 404, message, code) });
  }
  if (path.endsWith('/embeddings')) return send(response, { status: 200, body: embeddings(body) });
  const question = questionOf(api, body);
  const call = ledger.begin(question);
  const behaviour = (await options.behave?.(question, call)) ?? defaultReply(question);
  send(response, perform(behaviour, question, ledger, call));
}

function perform(behaviour: FakeBehaviour, question: FakeQuestion, ledger: FakeLedger, call: number): Sent {
  if (typeof behaviour === 'string' || !('does' in behaviour)) {
    const answer = typeof behaviour === 'string' ? { text: behaviour } : behaviour;
    ledger.answered(question, usageOf(question, answer));
    const body = replyBody(question, answer, String(call));
    return { status: 200, body, headers: { 'x-request-id': `req_${call}`, 'request-id': `req_${call}` } };
  }
  if (behaviour.does === 'hang') return (response) => void response.on('close', () => ledger.end());
  ledger.end();
  switch (behaviour.does) {
    case 'drop':
      return (response) => void response.destroy();
    case 'cut': {
      const whole = JSON.stringify(replyBody(question, { text: defaultReply(question) }, String(call)));
      return (response) => {
        response.writeHead(200, jsonHeaders(whole));
        response.write(whole.slice(0, whole.length / 2), () => response.destroy());
      };
    }
    case 'html':
      return (response) => {
        response.writeHead(behaviour.status ?? 200, { 'content-type': 'text/html' });
        response.end('<!doctype html><html><body><h1>Sign in to the guest network</h1></body></html>');
      };
    case 'invalid-json': {
      const text = '{"id": "chatcmpl-1", "choices": [{';
      return (response) => void response.writeHead(200, jsonHeaders(text)).end(text);
    }
    case 'error-in-200': {
      const error = { message: behaviour.message ?? 'upstream failed', code: behaviour.code ?? null };
      return { status: 200, body: { error } };
    }
    case 'refuse': {
      const { status, message = `refused with ${status}`, code, headers = {} } = behaviour;
      ledger.refused(status);
      return { status, body: errorBody(question.api, status, message, code), headers };
    }
  }
}

function send(response: ServerResponse, sent: Sent): void {
  if (typeof sent === 'function') {
    sent(response);
    return;
  }
  const text = JSON.stringify(sent.body);
  response.writeHead(sent.status, { ...jsonHeaders(text), ...sent.headers }).end(text);
}

function jsonHeaders(text: string): Record<string, string | number> {
  return { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
}

function modelList(models: readonly string[]): object {
  return {
    object: 'list',
    data: models.map((id) => ({ id, object: 'model', created: 0, owned_by: 'fake' })),
  };
}

/** Bags of letters: equal texts are equal vectors, similar texts are near. */
function embeddings(body: Readonly<Record<string, unknown>>): object {
  const inputs = (Array.isArray(body.input) ? body.input : [body.input]).map(String);
  const data = inputs.map((text, index) => {
    const embedding = new Array<number>(26).fill(0);
    for (const letter of text.toLowerCase()) {
      const place = letter.charCodeAt(0) - 97;
      if (place >= 0 && place < 26) embedding[place]! += 1;
    }
    return { object: 'embedding', index, embedding };
  });
  return { object: 'list', model: body.model, data, usage: { prompt_tokens: 1, total_tokens: 1 } };
}
