import { existsSync } from 'node:fs';
import type { Job } from '../domain/job.ts';
import { planRun, type RunPlan } from '../engine/run/plan.ts';
import { readItems } from '../files/items.ts';
import { chooseBatches } from './choose-batches.ts';
import type { Environment } from './context.ts';
import { openPlannedPanel } from './open-panel.ts';
import { openStore } from './open-store.ts';
import type { Parts } from './parts.ts';

/**
 * Plans a job against what its store has recorded already. Asks nothing and writes nothing.
 * @param limit only so many items of the file
 */
export async function planJob(
  job: Job,
  env: Environment,
  parts: Parts = {},
  limit?: number,
): Promise<RunPlan> {
  const panel = await openPlannedPanel(job, env, parts);
  const opened = parts.store === undefined && existsSync(job.store) ? await openStore(job.store) : null;
  try {
    const plan = await planRun({
      run: job.name,
      items: parts.items ?? readItems(job.items, limit),
      panel: panel.members,
      concurrency: job.concurrency,
      store: parts.store ?? opened,
    });
    return chooseBatches(job, panel.members, plan).plan;
  } finally {
    await opened?.close();
    await panel.close();
  }
}
