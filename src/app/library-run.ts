import { checkArgument } from '../domain/check-argument.ts';
import { ConfigError } from '../domain/errors.ts';
import type { Job } from '../domain/job.ts';
import type { RunPlan } from '../engine/run/plan.ts';
import { checkParts } from './check-parts.ts';
import { type AppContext, appContext } from './context.ts';
import type { DefinedJob } from './define-job.ts';
import { mergedParts, type Parts } from './parts.ts';
import { planJob as planWith } from './plan-job.ts';
import { type RunJobOptions, type RunOutcome, runJob as runWith } from './run-job.ts';

/**
 * Surroundings and settings of `runJob`; each has a default.
 * @example
 * const options: RunOptions = { signal: AbortSignal.timeout(600_000) };
 */
export interface RunOptions extends Partial<AppContext>, RunJobOptions {}

/**
 * Asks the panel of a job, records every vote, reconciles them, and writes votes, preferences, report and training
 * sets into the job's folder. Running the same job again continues: what is recorded is neither asked nor paid again.
 * @param job of defineJob or loadJob.
 * @throws ConfigError, InputError, StoreError, ProviderError, or the reason of `signal`. A spent budget is no error:
 * `end.refused` says so.
 * @example
 * const { report } = await runJob(await loadJob('job.yaml'), { onEvent: (event) => console.error(event.type) });
 */
export async function runJob(job: Job | DefinedJob, options: RunOptions = {}): Promise<RunOutcome> {
  checkArgument('options', options, 'object');
  requireJob(job, 'runJob');
  return runWith(job, appContext(options), { ...options, parts: partsOf(job, options.parts) });
}

/**
 * What a run of the job would ask and cost, against what its store has recorded. Asks nothing and writes nothing.
 * @throws ConfigError, InputError, StoreError.
 * @example
 * const { items, raters } = await planJob(await loadJob('job.yaml'));
 */
export async function planJob(
  job: Job | DefinedJob,
  options: Pick<RunOptions, 'env' | 'parts'> = {},
): Promise<RunPlan> {
  checkArgument('options', options, 'object');
  requireJob(job, 'planJob');
  return planWith(job, appContext(options).env, partsOf(job, options.parts));
}

function partsOf(job: Job | DefinedJob, more: Parts | undefined): Parts {
  if (more !== undefined) checkParts(more, 'parts.');
  return mergedParts('parts' in job ? job.parts : undefined, more);
}

/** What the mistakes of callers without types have in common: an object that no loader made. */
function requireJob(job: unknown, what: string): asserts job is Job {
  const place = typeof job === 'object' && job !== null ? (job as Partial<Job>) : null;
  if (place === null)
    throw new ConfigError(`${what} needs a job, received ${job === null ? 'null' : typeof job}`);
  for (const member of ['name', 'items', 'out', 'panel', 'budget', 'reconcile'] as const) {
    if (place[member] === undefined) {
      throw new ConfigError(`job.${member} is missing: this is not a loaded job`, [], {
        hint: 'make it with defineJob({ … }) or loadJob(file)',
      });
    }
  }
  if (!Array.isArray(place.panel)) throw new ConfigError('job.panel must be a list of judges');
}
