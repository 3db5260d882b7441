import type { Batch } from 'openai/resources/batches';
import { ProviderError } from '../../domain/provider-error.ts';
import type { BatchAnswer, BatchModel, BatchQuestion } from '../../ports/batch-model.ts';
import { askSdk } from '../ask-server.ts';
import { linesOf, searchBackMs } from '../batch-lines.ts';
import type { BatchParts } from '../chat-completions-model.ts';
import { readReply } from '../reply/read-reply.ts';
import { type Asked, toProviderError } from '../to-provider-error.ts';

/** Marks a batch as ours, so that it is found again when its id could not be noted. */
const intentKey = 'quorate_intent';
const endStates: ReadonlySet<Batch['status']> = new Set(['completed', 'failed', 'expired', 'cancelled']);

/** OpenAI's Batch API over chat completions: a file of requests in, a file of answers and one of errors out. */
export function openAiBatch({ clientOptions, asked, bodyOf }: BatchParts): BatchModel {
  const openClient = async () => {
    const { default: OpenAI } = await import('openai');
    return new OpenAI(clientOptions);
  };
  const lineOf = ({ customId, request }: BatchQuestion): string =>
    JSON.stringify({
      custom_id: customId,
      method: 'POST',
      url: '/v1/chat/completions',
      body: bodyOf(request),
    });

  return {
    priceShare: 0.5,
    limits: { questions: 50_000, bytes: 200_000_000 },
    bytesOf: (question) => Buffer.byteLength(lineOf(question)) + 1,
    submit: (intent, questions, { signal }) =>
      askSdk(asked, signal, async (options) => {
        const { toFile } = await import('openai');
        const client = await openClient();
        const lines = Buffer.from(questions.map((question) => `${lineOf(question)}\n`).join(''));
        const file = await toFile(lines, `${intent}.jsonl`);
        const uploaded = await client.files.create({ file, purpose: 'batch' }, options);
        const batch = await client.batches.create(
          {
            input_file_id: uploaded.id,
            endpoint: '/v1/chat/completions',
            completion_window: '24h',
            metadata: { [intentKey]: intent },
          },
          options,
        );
        return batch.id;
      }),
    find: ({ intent, atMs }, { signal }) =>
      askSdk(asked, signal, async (options) => {
        const client = await openClient();
        for await (const batch of client.batches.list({ limit: 100 }, options)) {
          if (batch.metadata?.[intentKey] === intent) return { found: 'yes', batch: batch.id };
          if (batch.created_at * 1000 < atMs - searchBackMs) break;
        }
        return { found: 'no' };
      }),
    progress: (id, { signal }) =>
      askSdk(asked, signal, async (options) => {
        const client = await openClient();
        const batch = await client.batches.retrieve(id, options);
        if (batch.status === 'failed') throw refusal(batch, asked);
        const { completed = 0, failed = 0, total = 0 } = batch.request_counts ?? {};
        return { ended: endStates.has(batch.status), done: completed + failed, total };
      }),
    answers: (id, { signal }) =>
      askSdk(asked, signal, async (options) => {
        const client = await openClient();
        const batch = await client.batches.retrieve(id, options);
        const answers: BatchAnswer[] = [];
        for (const file of [batch.output_file_id, batch.error_file_id]) {
          if (!file) continue;
          const text = await (await client.files.content(file, options)).text();
          for (const line of linesOf(text)) answers.push(readLine(line as OutputLine, asked));
        }
        return answers;
      }),
  };
}

/** A line of an output or error file. */
interface OutputLine {
  readonly custom_id: string;
  readonly response: { readonly status_code: number; readonly body: unknown } | null;
  readonly error: { readonly code?: string; readonly message?: string } | null;
}

function readLine({ custom_id: customId, response, error }: OutputLine, asked: Asked): BatchAnswer {
  if (response === null || response === undefined) {
    const unanswered = /expired|cancel/.test(`${error?.code}`);
    if (unanswered) return { customId, outcome: 'unanswered' };
    return { customId, outcome: 'failed', error: toProviderError({ status: 500, error }, asked, Date.now()) };
  }
  const { status_code: status, body } = response;
  try {
    if (status >= 400) throw toProviderError({ status, error: body }, asked, Date.now());
    return { customId, outcome: 'reply', reply: readReply(body, asked) };
  } catch (thrown) {
    return { customId, outcome: 'failed', error: toProviderError(thrown, asked, Date.now()) };
  }
}

/** The whole batch was refused before anything was asked: a broken file, or too many tokens in the queue. */
function refusal(batch: Batch, { provider, model }: Asked): ProviderError {
  const reasons = batch.errors?.data ?? [];
  const text = reasons.map(({ code, message }) => `${code ?? ''} ${message ?? ''}`.trim()).join('; ');
  const full = reasons.some(({ code }) => code === 'token_limit_exceeded');
  return new ProviderError(full ? 'rate' : 'bad_request', `${provider}/${model}: batch refused: ${text}`, {
    provider,
    model,
    hint: full ? 'the queue for batches is full; it is tried again' : 'set `mode: live` to see each refusal',
  });
}
