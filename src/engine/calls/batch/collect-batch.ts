import { ProviderError } from '../../../domain/provider-error.ts';
import type { BatchedQuestion } from '../../../ports/batch-log.ts';
import type { BatchProgress } from '../../../ports/batch-model.ts';
import type { ChatReply } from '../../../ports/chat-model.ts';
import type { RecordedReply } from '../../../ports/rater.ts';
import { costOf } from '../cost.ts';
import { type BatchEndpoint, maxPollMs, type SubmittedBatch } from './batch-endpoint.ts';

/** Outcome of one question of a batch. */
export type BatchOutcome =
  | { readonly outcome: 'reply'; readonly recorded: RecordedReply }
  | { readonly outcome: 'failed'; readonly error: ProviderError }
  | { readonly outcome: 'unanswered' };

const firstPollMs = 500;

/**
 * Waits for a batch, records its replies and closes it. Answers are matched by id: their order is ignored, repeated and
 * unknown ones are skipped, missing ones count as unanswered.
 * May be called again after a crash at any point: recorded replies are neither recorded nor paid again.
 * @returns outcomes by custom id.
 */
export async function collectBatch(
  endpoint: BatchEndpoint,
  submitted: SubmittedBatch,
  seen: (progress: BatchProgress) => void = () => {},
): Promise<ReadonlyMap<string, BatchOutcome>> {
  const { run, store, batch, signal } = endpoint;
  await untilEnded(endpoint, submitted, seen);
  const answers = await withRetry(endpoint, () => batch.answers(submitted.batch, { signal }));
  const asked = new Map(submitted.questions.map((question) => [question.customId, question]));
  const settled = new Map<string, BatchOutcome>();
  for (const customId of asked.keys()) settled.set(customId, { outcome: 'unanswered' });
  const first = new Map(answers.map((answer) => [answer.customId, answer] as const).reverse());
  await Promise.all(
    [...first.values()].map(async (answer) => {
      const question = asked.get(answer.customId);
      if (question === undefined) return;
      const outcome =
        answer.outcome === 'reply' ? await record(endpoint, submitted, question, answer.reply) : answer;
      settled.set(answer.customId, outcome);
    }),
  );
  await store.closeBatch(run, submitted.intent);
  return settled;
}

async function untilEnded(
  endpoint: BatchEndpoint,
  { batch: id }: SubmittedBatch,
  seen: (progress: BatchProgress) => void,
): Promise<void> {
  const { batch, clock, signal } = endpoint;
  for (let waitMs = firstPollMs; ; waitMs = Math.min(maxPollMs, waitMs * 2)) {
    const progress = await withRetry(endpoint, () => batch.progress(id, { signal }));
    seen(progress);
    if (progress.ended) return;
    await clock.sleep(waitMs, signal);
  }
}

/** Polling errors do not end a batch: only errors that the retry policy calls final are thrown. */
async function withRetry<T>({ retry, clock, signal }: BatchEndpoint, ask: () => Promise<T>): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      const waitMs = retry(error, failures);
      if (waitMs === null) throw error;
      await clock.sleep(waitMs, signal);
    }
  }
}

async function record(
  endpoint: BatchEndpoint,
  { atMs }: SubmittedBatch,
  { key, rater, item, request }: BatchedQuestion,
  reply: ChatReply,
): Promise<BatchOutcome> {
  const { run, store, model, price, batch, clock } = endpoint;
  const earlier = await store.findPaidReply(key);
  if (earlier !== null) return { outcome: 'reply', recorded: { ...earlier, cached: true } };
  const fullCostUsd = costOf(reply.usage, price);
  const costUsd = fullCostUsd === null ? null : fullCostUsd * batch.priceShare;
  const latencyMs = clock.now() - atMs;
  const { provider, baseUrl } = model;
  const at = new Date(clock.now()).toISOString();
  await store.recordReply(
    { key, provider, model: model.model, baseUrl, request, reply, costUsd, latencyMs, at },
    { run, rater, item, hold: null },
  );
  return { outcome: 'reply', recorded: { key, reply, costUsd, latencyMs, cached: false } };
}
