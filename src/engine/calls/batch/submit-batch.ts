import { ProviderError } from '../../../domain/provider-error.ts';
import { hashValue } from '../../../files/content-hash.ts';
import type { BatchedQuestion, OpenBatch } from '../../../ports/batch-log.ts';
import { mayBeBilled } from '../failed-call.ts';
import { type BatchEndpoint, maxPollMs, type SubmittedBatch } from './batch-endpoint.ts';

/**
 * How long a batch may be missing from the provider's list. Counted from the first search, not from the submission: a
 * large submission may take minutes, and its process may have died at the end of it.
 */
const settleMs = 60_000;

/**
 * Submits questions exactly once. The intent is stored first; when it is unclear whether the submission succeeded, the
 * provider is queried before anything is submitted again.
 * @throws ProviderError when the provider rejects the batch; then nothing was submitted.
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

/** Finds a batch that may have been submitted, and stores its id. Null when it certainly does not exist. */
export async function findBatch(endpoint: BatchEndpoint, open: OpenBatch): Promise<SubmittedBatch | null> {
  const { run, store, batch, clock, signal } = endpoint;
  const { intent, atMs } = open;
  const firstSearchMs = clock.now();
  for (let waitMs = 1000; ; waitMs = Math.min(maxPollMs, waitMs * 2)) {
    const known = await store.openBatches(run);
    const others = known.flatMap((other) => (other.batch === null ? [] : [other.batch]));
    const search = await batch.find({ intent, atMs, questions: open.questions.length, others }, { signal });
    if (search.found === 'yes') {
      await store.nameBatch(run, intent, search.batch);
      return { ...open, batch: search.batch };
    }
    if (search.found === 'no' && clock.now() >= firstSearchMs + settleMs) return null;
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
