import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadJob } from '../config/job/load-job.ts';
import type { Job } from '../domain/job.ts';
import { planRun, type RunPlan } from '../engine/run/plan.ts';
import { readItems } from '../files/items.ts';
import type { CommandIo } from '../cli/io.ts';
import { chooseBatches } from './choose-batches.ts';
import { openPlannedPanel } from './open-panel.ts';
import { openStore } from './open-store.ts';

/** Plans a job against what its store has recorded already. Asks nothing and writes nothing. */
export async function planJob(
  io: CommandIo,
  jobFile: string,
): Promise<{ readonly job: Job; readonly plan: RunPlan }> {
  const job = await loadJob(resolve(io.cwd, jobFile), io.env);
  const panel = await openPlannedPanel(job, io.env);
  const store = existsSync(job.store) ? await openStore(job.store) : null;
  try {
    const plan = await planRun({
      run: job.name,
      items: readItems(job.items),
      panel: panel.members,
      concurrency: job.concurrency,
      store,
    });
    return { job, plan: chooseBatches(job, panel.members, plan).plan };
  } finally {
    await store?.close();
    await panel.close();
  }
}
