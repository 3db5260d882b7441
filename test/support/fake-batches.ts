import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpResponse, http, type RequestHandler } from 'msw';
import type { FakeLedger } from './fake-ledger.ts';
import { defaultReply, type FakeQuestion } from './fake-reply.ts';
import { errorBody, questionOf, replyBody, usageOf } from './fake-wire.ts';

/** What becomes of one question of a batch. */
export type FakeFate = 'answer' | 'fail' | 'expire';
export type FakeStep = 'upload' | 'create' | 'list' | 'retrieve' | 'results';

export interface FakeBatchOptions {
  readonly ledger: () => FakeLedger;
  /** How often a batch is asked after before it has ended; default 1. */
  readonly polls?: number;
  readonly fate?: (question: FakeQuestion, batch: number) => FakeFate;
  /** Changes the lines of the results: order, duplicates, gaps, unknown ids. */
  readonly mangle?: (lines: readonly object[]) => readonly object[];
  /** `before`: the connection dies and nothing was done. `after`: it was done, and no reply arrives. */
  readonly breakAt?: (step: FakeStep, count: number) => 'before' | 'after' | number | undefined;
  readonly maxQuestions?: number;
  /** The server's time, in milliseconds since the epoch. */
  readonly now?: () => number;
}

interface FakeBatch {
  readonly id: string;
  readonly api: 'openai' | 'anthropic';
  readonly number: number;
  readonly createdAt: number;
  readonly metadata: unknown;
  readonly inputFile: string;
  readonly lines: readonly object[];
  readonly errors: readonly object[];
  readonly total: number;
  polls: number;
}

/** What the fake batch interfaces of both vendors remember. */
export interface FakeBatches {
  readonly batches: readonly FakeBatch[];
  /** For a fake provider on loopback. */
  readonly route: (request: IncomingMessage, body: Buffer, response: ServerResponse) => boolean;
  /** For requests that are intercepted: everything below this address. */
  readonly handler: (address: string) => RequestHandler;
}

/** A request to a batch interface. */
interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
}

/** A reply as a text; `closed` where the connection ends without one. */
type Answered = { readonly status: number; readonly text: string; readonly type: string } | 'closed';

/** Both vendors' batch APIs as routes of a fake provider: files, batches, results, and trouble at every step. */
export function fakeBatches(options: FakeBatchOptions): FakeBatches {
  const files = new Map<string, string>();
  const batches: FakeBatch[] = [];
  const counts = new Map<FakeStep, number>();
  const pollsNeeded = options.polls ?? 1;
  const ended = (batch: FakeBatch) => batch.polls >= pollsNeeded;

  const create = (api: FakeBatch['api'], requests: readonly Request[], more: object): FakeBatch => {
    const number = batches.length + 1;
    const made = requests.map((request) => answerOf(api, request, number, options));
    const batch: FakeBatch = {
      id: api === 'openai' ? `batch_${number}` : `msgbatch_${number}`,
      api,
      number,
      createdAt: (options.now ?? Date.now)(),
      metadata: null,
      inputFile: '',
      lines: mangled(
        made.filter(({ failed }) => !failed || api === 'anthropic'),
        options,
      ),
      errors: made.filter(({ failed }) => failed && api === 'openai').map(({ line }) => line),
      total: requests.length,
      polls: 0,
      ...more,
    };
    batches.push(batch);
    return batch;
  };

  const act = ({ method, url, body }: Asked): Acted | null => {
    const path = url.pathname;
    const parts = path.split('/');
    if (path === '/v1/files' && method === 'POST') {
      const id = `file-${files.size + 1}`;
      files.set(id, filePart(body));
      return {
        step: 'upload',
        body: { id, object: 'file', purpose: 'batch', bytes: Buffer.byteLength(body) },
      };
    }
    if (path === '/v1/batches' && method === 'POST') {
      const wanted = JSON.parse(body) as { input_file_id: string; metadata?: unknown };
      const requests = linesOf(files.get(wanted.input_file_id) ?? '').map(openAiRequest);
      const batch = create('openai', requests, {
        metadata: wanted.metadata ?? null,
        inputFile: wanted.input_file_id,
      });
      return { step: 'create', body: openAiView(batch, false) };
    }
    if (path === '/v1/messages/batches' && method === 'POST') {
      const { requests } = JSON.parse(body) as { requests: readonly Request[] };
      if (requests.length > (options.maxQuestions ?? 100_000)) {
        return {
          step: 'create',
          status: 413,
          body: errorBody('anthropic', 413, 'too many requests in a batch'),
        };
      }
      return { step: 'create', body: anthropicView(create('anthropic', requests, {}), false) };
    }
    if (path === '/v1/batches' || path === '/v1/messages/batches') {
      const openAi = path === '/v1/batches';
      const mine = batches.filter(({ api }) => (api === 'openai') === openAi).reverse();
      const after = url.searchParams.get(openAi ? 'after' : 'after_id');
      // Pages of two, so that paging is walked.
      const start = after === null ? 0 : mine.findIndex(({ id }) => id === after) + 1;
      const page = mine.slice(start, start + 2);
      const data = page.map((batch) =>
        openAi ? openAiView(batch, ended(batch)) : anthropicView(batch, ended(batch)),
      );
      // Time passes for whoever only looks at the list, too.
      for (const batch of page) batch.polls += 1;
      const ids = { first_id: page[0]?.id ?? null, last_id: page.at(-1)?.id ?? null };
      return { step: 'list', body: { object: 'list', data, has_more: start + 2 < mine.length, ...ids } };
    }
    if (parts[2] === 'files' && parts[4] === 'content') {
      const batch = batches.find(({ id }) => parts[3]!.endsWith(`-${id}`))!;
      return { step: 'results', lines: parts[3]!.startsWith('errors') ? batch.errors : batch.lines };
    }
    const batch = batches.find(({ id }) => parts.includes(id));
    if (batch === undefined) return null;
    if (parts.at(-1) === 'results') return { step: 'results', lines: batch.lines };
    batch.polls += 1;
    const view = batch.api === 'openai' ? openAiView : anthropicView;
    return { step: 'retrieve', body: view(batch, ended(batch)) };
  };

  const answer = (asked: Asked): Answered | null => {
    const step = stepOf(asked);
    if (step === null) return null;
    const count = (counts.get(step) ?? 0) + 1;
    counts.set(step, count);
    const trouble = options.breakAt?.(step, count);
    if (trouble === 'before') return 'closed';
    if (typeof trouble === 'number') return json(trouble, errorBody('openai', trouble, 'trouble'));
    const acted = act(asked);
    if (acted === null) return null;
    if (trouble === 'after') return 'closed';
    if (!('lines' in acted)) return json(acted.status ?? 200, acted.body);
    const text = acted.lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    return { status: 200, text, type: 'application/jsonl' };
  };

  return {
    batches,
    route({ method = 'GET', url = '/' }, body, response) {
      const answered = answer({ method, url: new URL(url, 'http://fake'), body: body.toString('utf8') });
      if (answered === null) return false;
      if (answered === 'closed') response.destroy();
      else send(response, answered);
      return true;
    },
    handler: (address) =>
      http.all(`${address}/*`, async ({ request }) => {
        const { method, url } = request;
        const answered = answer({ method, url: new URL(url), body: await request.text() });
        if (answered === null) return new HttpResponse(null, { status: 404 });
        if (answered === 'closed') return HttpResponse.error();
        const { status, text, type } = answered;
        return new HttpResponse(text, { status, headers: { 'content-type': type } });
      }),
  };
}

type Acted =
  | { readonly step: FakeStep; readonly body: object; readonly status?: number }
  | { readonly step: FakeStep; readonly lines: readonly object[] };

function stepOf({ method, url: { pathname } }: Asked): FakeStep | null {
  if (pathname === '/v1/files') return 'upload';
  if (/^\/v1\/files\/[^/]+\/content$|\/results$/.test(pathname)) return 'results';
  if (/^\/v1\/(messages\/)?batches$/.test(pathname)) return method === 'POST' ? 'create' : 'list';
  return /^\/v1\/(messages\/)?batches\/[^/]+$/.test(pathname) ? 'retrieve' : null;
}

interface Request {
  readonly custom_id: string;
  readonly params: Readonly<Record<string, unknown>>;
}

function openAiRequest(line: object): Request {
  const { custom_id, body } = line as { custom_id: string; body: Request['params'] };
  return { custom_id, params: body };
}

function answerOf(
  api: FakeBatch['api'],
  { custom_id, params }: Request,
  number: number,
  { fate, ledger }: FakeBatchOptions,
): { readonly line: object; readonly failed: boolean } {
  const question = questionOf(api, params);
  const outcome = fate?.(question, number) ?? 'answer';
  if (outcome === 'answer') {
    const call = ledger().begin(question);
    const answer = { text: defaultReply(question) };
    ledger().answered(question, usageOf(question, answer));
    const body = replyBody(question, answer, String(call));
    const line =
      api === 'openai'
        ? { id: `r${call}`, custom_id, response: { status_code: 200, request_id: 'r', body }, error: null }
        : { custom_id, result: { type: 'succeeded', message: body } };
    return { line, failed: false };
  }
  if (api === 'anthropic') {
    const error = errorBody('anthropic', 529, 'Overloaded');
    return {
      line: { custom_id, result: outcome === 'expire' ? { type: 'expired' } : { type: 'errored', error } },
      failed: true,
    };
  }
  const line =
    outcome === 'expire'
      ? {
          custom_id,
          response: null,
          error: { code: 'batch_expired', message: 'This request could not be executed' },
        }
      : {
          custom_id,
          response: { status_code: 500, request_id: 'r', body: errorBody('openai', 500, 'Internal') },
          error: null,
        };
  return { line, failed: true };
}

function mangled(
  made: readonly { readonly line: object }[],
  { mangle }: FakeBatchOptions,
): readonly object[] {
  const lines = made.map(({ line }) => line);
  return mangle?.(lines) ?? lines;
}

function openAiView(batch: FakeBatch, ended: boolean): object {
  return {
    id: batch.id,
    object: 'batch',
    endpoint: '/v1/chat/completions',
    errors: null,
    input_file_id: batch.inputFile,
    completion_window: '24h',
    status: ended ? 'completed' : 'in_progress',
    output_file_id: ended && batch.lines.length > 0 ? `output-${batch.id}` : null,
    error_file_id: ended && batch.errors.length > 0 ? `errors-${batch.id}` : null,
    created_at: Math.floor(batch.createdAt / 1000),
    request_counts: { total: batch.total, completed: ended ? batch.total : 0, failed: 0 },
    metadata: batch.metadata,
  };
}

function anthropicView(batch: FakeBatch, ended: boolean): object {
  return {
    id: batch.id,
    type: 'message_batch',
    processing_status: ended ? 'ended' : 'in_progress',
    request_counts: {
      processing: ended ? 0 : batch.total,
      succeeded: ended ? batch.total : 0,
      errored: 0,
      canceled: 0,
      expired: 0,
    },
    created_at: new Date(batch.createdAt).toISOString(),
    expires_at: new Date(batch.createdAt + 86_400_000).toISOString(),
    ended_at: null,
    results_url: ended ? `/v1/messages/batches/${batch.id}/results` : null,
  };
}

/** The content of the `file` field of a form. */
function filePart(form: string): string {
  const boundary = form.slice(0, form.indexOf('\r\n'));
  const part = form.split(boundary).find((each) => each.includes('filename=')) ?? '';
  return part.slice(part.indexOf('\r\n\r\n') + 4, part.lastIndexOf('\r\n'));
}

function linesOf(text: string): object[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as object);
}

function json(status: number, body: object): Answered {
  return { status, text: JSON.stringify(body), type: 'application/json' };
}

function send(response: ServerResponse, { status, text, type }: Exclude<Answered, 'closed'>): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) }).end(text);
}
