import type Anthropic from '@anthropic-ai/sdk';
import type {
  MessageBatch,
  MessageBatchIndividualResponse,
  MessageCreateParamsNonStreaming,
} from '@anthropic-ai/sdk/resources/messages';
import type { BatchAnswer, BatchModel, BatchQuestion } from '../../ports/batch-model.ts';
import type { ChatRequest } from '../../ports/chat-model.ts';
import { askSdk } from '../ask-server.ts';
import { linesOf, searchBackMs } from '../batch-lines.ts';
import { readReply } from '../reply/read-reply.ts';
import { type Asked, toProviderError } from '../to-provider-error.ts';

const path = '/v1/messages/batches';

/** Anthropic's Message Batches API. Batches carry no mark: one that was lost is known by the ids in its answers. */
export function messageBatch(
  openClient: () => Promise<Anthropic>,
  asked: Asked,
  bodyOf: (request: ChatRequest) => MessageCreateParamsNonStreaming,
): BatchModel {
  const entryOf = ({ customId, request }: BatchQuestion) => ({
    custom_id: customId,
    params: bodyOf(request),
  });
  const results = async (id: string, options: object): Promise<readonly MessageBatchIndividualResponse[]> => {
    const client = await openClient();
    const response = await client.get<Response>(`${path}/${encodeURIComponent(id)}/results`, {
      ...options,
      __binaryResponse: true,
    });
    return linesOf(await response.text()) as MessageBatchIndividualResponse[];
  };

  return {
    priceShare: 0.5,
    limits: { questions: 100_000, bytes: 256_000_000 },
    bytesOf: (question) => Buffer.byteLength(JSON.stringify(entryOf(question))) + 1,
    submit: (_intent, questions, { signal }) =>
      askSdk(asked, signal, async (options) => {
        const client = await openClient();
        const batch = await client.messages.batches.create({ requests: questions.map(entryOf) }, options);
        return batch.id;
      }),
    find: ({ intent, atMs, questions, others }, { signal }) =>
      askSdk(asked, signal, async (options) => {
        const client = await openClient();
        let perhaps = false;
        for await (const batch of client.messages.batches.list({ limit: 100 }, options)) {
          if (Date.parse(batch.created_at) < atMs - searchBackMs) break;
          if (others.includes(batch.id) || sizeOf(batch) !== questions) continue;
          if (batch.processing_status !== 'ended') perhaps = true;
          else if ((await results(batch.id, options))[0]?.custom_id.startsWith(intent)) {
            return { found: 'yes', batch: batch.id };
          }
        }
        return { found: perhaps ? 'perhaps' : 'no' };
      }),
    progress: (id, { signal }) =>
      askSdk(asked, signal, async (options) => {
        const client = await openClient();
        const batch = await client.messages.batches.retrieve(id, {}, options);
        const total = sizeOf(batch);
        return {
          ended: batch.processing_status === 'ended',
          done: total - batch.request_counts.processing,
          total,
        };
      }),
    answers: (id, { signal }) =>
      askSdk(asked, signal, async (options) =>
        (await results(id, options)).map((line) => readLine(line, asked)),
      ),
  };
}

function sizeOf({ request_counts: counts }: MessageBatch): number {
  return counts.processing + counts.succeeded + counts.errored + counts.canceled + counts.expired;
}

const statusOfType: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  overloaded_error: 529,
};

function readLine(
  { custom_id: customId, result }: MessageBatchIndividualResponse,
  asked: Asked,
): BatchAnswer {
  switch (result.type) {
    case 'succeeded':
      try {
        return { customId, outcome: 'reply', reply: readReply(result.message, asked) };
      } catch (thrown) {
        return { customId, outcome: 'failed', error: toProviderError(thrown, asked, Date.now()) };
      }
    case 'errored': {
      const { error } = result.error;
      const status = statusOfType[error.type] ?? 500;
      return { customId, outcome: 'failed', error: toProviderError({ status, error }, asked, Date.now()) };
    }
    case 'expired':
    case 'canceled':
      return { customId, outcome: 'unanswered' };
  }
}
