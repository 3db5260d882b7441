import { batchOf } from '../../../ports/batch-model.ts';
import type { Lane } from '../lane.ts';
import type { BatchLane } from './batch-lane.ts';
import { collectBatch } from './collect-batch.ts';
import { findBatch } from './submit-batch.ts';

/**
 * Brings home the batches of an earlier process, before anything new is asked: their replies are paid for, and their
 * questions must not be asked again. Batches of models that are not in the job any more are left as they are.
 * @throws ProviderError where a provider cannot be reached, the signal's reason when the run stops.
 */
export async function finishOpenBatches(
  what: Omit<BatchLane, 'model' | 'batch' | 'price' | 'retry'>,
  lanes: Iterable<Lane>,
): Promise<void> {
  const open = await what.store.openBatches(what.run);
  if (open.length === 0) return;
  const known = [...lanes];
  const finishing = open.map(async (one) => {
    const lane = known.find(
      ({ model }) =>
        model.provider === one.provider && model.baseUrl === one.baseUrl && model.model === one.model,
    );
    const batch = lane === undefined ? null : batchOf(lane.model);
    if (lane === undefined || batch === null) return;
    const { model, price, retry } = lane;
    const batchLane: BatchLane = { ...what, model, batch, price, retry };
    const submitted = one.batch === null ? await findBatch(batchLane, one) : { ...one, batch: one.batch };
    if (submitted === null) await what.store.closeBatch(what.run, one.intent);
    else await collectBatch(batchLane, submitted);
  });
  for (const finished of await Promise.allSettled(finishing)) {
    if (finished.status === 'rejected') throw finished.reason;
  }
}
