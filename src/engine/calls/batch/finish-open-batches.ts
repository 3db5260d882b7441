import { batchOf } from '../../../ports/batch-model.ts';
import type { ModelEndpoint } from '../model-endpoint.ts';
import type { BatchEndpoint } from './batch-endpoint.ts';
import { collectBatch } from './collect-batch.ts';
import { findBatch } from './submit-batch.ts';

/**
 * Collects the batches of an earlier process before anything new is asked: their replies are paid for, and their
 * questions must not be asked again. Batches of models that are no longer in the job are left open.
 * @throws ProviderError where a provider cannot be reached, the signal's reason when the run stops.
 */
export async function finishOpenBatches(
  what: Omit<BatchEndpoint, 'model' | 'batch' | 'price' | 'retry'>,
  endpoints: Iterable<ModelEndpoint>,
): Promise<void> {
  const open = await what.store.openBatches(what.run);
  if (open.length === 0) return;
  const known = [...endpoints];
  const finishing = open.map(async (one) => {
    const endpoint = known.find(
      ({ model }) =>
        model.provider === one.provider && model.baseUrl === one.baseUrl && model.model === one.model,
    );
    const batch = endpoint === undefined ? null : batchOf(endpoint.model);
    if (endpoint === undefined || batch === null) return;
    const { model, price, retry } = endpoint;
    const batchEndpoint: BatchEndpoint = { ...what, model, batch, price, retry };
    const submitted = one.batch === null ? await findBatch(batchEndpoint, one) : { ...one, batch: one.batch };
    if (submitted === null) await what.store.closeBatch(what.run, one.intent);
    else await collectBatch(batchEndpoint, submitted);
  });
  for (const finished of await Promise.allSettled(finishing)) {
    if (finished.status === 'rejected') throw finished.reason;
  }
}
