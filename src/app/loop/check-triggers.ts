import { triggerParts } from '../../loop/schedule/loop-parts.ts';
import { assessTriggers, recordAssessments } from '../../loop/triggers/assess-triggers.ts';
import { timeText } from '../../loop/triggers/measurement.ts';
import type { AppContext } from '../context.ts';
import { withLoop } from './open-loop.ts';

/**
 * Assesses every retraining trigger of a loop file. Records nothing, unless `acknowledge`: then each due trigger is
 * recorded as fired and does not fire again for the same cause.
 */
export function checkTriggers(file: string, acknowledge: boolean, context: AppContext) {
  return withLoop(file, '', context, async (parts) => {
    const { loop, store } = parts;
    const now = await triggerParts(parts);
    const at = timeText(now.nowMs);
    const assessed = await assessTriggers(now);
    const fired = acknowledge ? await recordAssessments(now, assessed) : [];
    for (const { id } of fired)
      await store.settleFiring(id, { status: 'done', at, what: 'reported by quorate triggers --ack' });
    const triggers = assessed.map(({ assessment }) => assessment);
    const due = triggers.filter(({ status }) => status === 'due').map(({ trigger }) => trigger);
    return { model: loop.model, at, due, fired: fired.map(({ id }) => id), triggers };
  });
}

/** Every firing that the state of a loop file records, with what came of it. */
export function firingHistory(file: string, context: AppContext) {
  return withLoop(file, '', context, async ({ loop, store }) => ({
    model: loop.model,
    firings: await store.firings(),
  }));
}
