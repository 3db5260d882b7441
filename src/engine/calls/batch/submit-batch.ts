import { ProviderError } from '../../../domain/provider-error.ts';
import { hashValue } from '../../../files/content-hash.ts';
import type { BatchedQuestion, OpenBatch } from '../../../ports/batch-log.ts';
import { mayBeBilled } from '../failed-call.ts';
import { type BatchEndpoint, longestPollMs, type SubmittedBatch } from './batch-endpoint.ts';

/**
 * How long a batch may be missing in the provider's list. Counted from the first look, not from when the batch was
 * decided: a large submission may have taken minutes before its process died at the very end of it.
 */
const settleMs = 60_000;

/**
 * Submits questions exactly once. What is about to happen is written down first; when it is unclear whether it did
 * happen, the provider is asked before anything is submitted again.
 * @throws ProviderError when the provider will not have them; then nothing was submitted.
 */
export async function submitBatch(
  endpoint: BatchEndpoint,
  questions: readonly Omit<BatchedQuestion, 'customId'>[],
): Promise<SubmittedBatch> {
  const { run, store, batch, retry, clock, signal } = endpoint;
  for (let failures = 1; ; failures += 1) {
    const open = intend(endpoint, questions);
    await store.openBatch(run, open);
    try {
      const id = await batch.submit(open.intent, open.questions, { signal });
      await store.nameBatch(run, open.intent, id);
      return { ...open, batch: id };
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      const found = isUnclear(error) ? await findBatch(endpoint, open) : null;
      if (found !== null) return found;
      await store.closeBatch(run, open.intent);
      const waitMs = retry(error, failures);
      if (waitMs === null) throw error;
      await clock.sleep(waitMs, signal);
    }
  }
}

/** Finds a batch that may have been submitted, and notes its id. Null, and forgotten, when there certainly is none. */
export async function findBatch(endpoint: BatchEndpoint, open: OpenBatch): Promise<SubmittedBatch | null> {
  const { run, store, batch, clock, signal } = endpoint;
  const { intent, atMs } = open;
  const lookedFirstMs = clock.now();
  for (let waitMs = 1000; ; waitMs = Math.min(longestPollMs, waitMs * 2)) {
    const known = await store.openBatches(run);
    const others = known.flatMap((other) => (other.batch === null ? [] : [other.batch]));
    const search = await batch.find({ intent, atMs, questions: open.questions.length, others }, { signal });
    if (search.found === 'yes') {
      await store.nameBatch(run, intent, search.batch);
      return { ...open, batch: search.batch };
    }
    if (search.found === 'no' && clock.now() >= lookedFirstMs + settleMs) return null;
    await clock.sleep(waitMs, signal);
  }
}

function intend(
  { run, model, clock }: BatchEndpoint,
  questions: readonly Omit<BatchedQuestion, 'customId'>[],
): OpenBatch {
  const { provider, baseUrl } = model;
  const atMs = clock.now();
  const keys = questions.map(({ key }) => key);
  const intent = `q${hashValue([run, provider, baseUrl, model.model, atMs, keys]).slice(0, 24)}`;
  return {
    intent,
    provider,
    baseUrl,
    model: model.model,
    atMs,
    batch: null,
    questions: questions.map((question, index) => ({ ...question, customId: `${intent}-${index}` })),
  };
}

function isUnclear(error: ProviderError): boolean {
  return error.kind === 'overloaded' || mayBeBilled(error);
}
