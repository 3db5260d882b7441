import { dirname, join, relative } from 'node:path';
import type { DatasetFormat } from '../datasets/formats/format.ts';
import { checkTarget } from '../datasets/target-folder.ts';
import { ConfigError, StoreError } from '../domain/errors.ts';
import type { Job } from '../domain/job.ts';
import { recordPanel } from '../engine/allocation/panel-file.ts';
import { planRun, type RunPlan } from '../engine/run/plan.ts';
import { run } from '../engine/run/run.ts';
import type { RunEnd } from '../engine/run/run-input.ts';
import { hashValue } from '../files/content-hash.ts';
import { readItems } from '../files/items.ts';
import { writeJsonLines } from '../files/write-lines.ts';
import type { RunProgress } from '../ports/progress.ts';
import { chooseBatches } from './choose-batches.ts';
import { type AppContext, progressEvents } from './context.ts';
import type { Exported } from './exports/build-export.ts';
import { openAllocation, openCalibration } from './open-allocation.ts';
import { type OpenPanel, openPanel } from './open-panel.ts';
import { openStore } from './open-store.ts';
import type { Parts } from './parts.ts';
import { type RunReport, resultFiles, writeResults } from './write-results.ts';

export interface RunJobOptions {
  /** Ask again what ended in an error vote. */
  readonly retryErrors?: boolean;
  /** Only so many items, from the first on: a first try. The same run continues without it. */
  readonly limit?: number;
  /** Rules of the job may run programs. */
  readonly allowCommands?: boolean;
  /** Code of the caller: providers, raters, rules, formats, a store. */
  readonly parts?: Parts;
}

/**
 * What a run did, when nothing broke. Reaching the budget is an outcome: `end.refused`.
 * @example
 * const text = ({ end, report }: RunOutcome) => `${end.calls} calls, ${report.cost.usd} US dollars`;
 */
export interface RunOutcome {
  readonly plan: RunPlan;
  readonly end: RunEnd;
  readonly report: RunReport;
  readonly exported: readonly Exported[];
}

/**
 * Asks the panel of a job, records every vote, reconciles them, and writes votes, preferences, report and training
 * sets into the job's folder. Resumes automatically: what is recorded is neither asked nor paid again.
 * @throws ConfigError, InputError, StoreError, ProviderError, or the reason of the context's signal.
 */
export async function runJob(
  job: Job,
  context: AppContext,
  options: RunJobOptions = {},
): Promise<RunOutcome> {
  for (const { out } of job.exports) await checkTarget(out, 'exports');
  if (options.parts?.items !== undefined) await writeJsonLines(job.items, options.parts.items);
  const panel = await openPanel(
    job,
    context.env,
    { allowCommands: options.allowCommands === true },
    options.parts,
  );
  try {
    for (const absence of panel.absent) context.onEvent({ type: 'notice', text: `skipped: ${absence}` });
    return await runPanel(job, panel, context, options);
  } finally {
    await panel.close();
  }
}

async function runPanel(
  job: Job,
  { members }: OpenPanel,
  context: AppContext,
  options: RunJobOptions,
): Promise<RunOutcome> {
  const { name, budget, concurrency } = job;
  const { limit = Number.POSITIVE_INFINITY } = options;
  const items = () => readItems(job.items, limit);
  const everything = await planRun({ run: name, items: items(), panel: members, concurrency, store: null });
  const batches = chooseBatches(job, members, everything);
  const { plan } = batches;
  rejectEmpty(job, plan);
  if (batches.live.length > 0) {
    const text = `called synchronously (provider has no batch API): ${batches.live.join(', ')}`;
    context.onEvent({ type: 'notice', text });
  }
  const panelByLabels = (await openCalibration(job.calibration))?.panel ?? null;
  const store = options.parts?.store ?? (await openStore(job.store));
  try {
    const open = await store.openBatches(name);
    if (open.length > 0) context.onEvent({ type: 'notice', text: `resuming open batches: ${open.length}` });
    const live: { progress: RunProgress | null } = { progress: null };
    const results = (complete: boolean) => writeResults(job, members, store, plan.items, { limit, complete });
    const running = run({
      run: name,
      items,
      total: { items: plan.items, tasks: plan.tasks },
      panel: members,
      allocation: await openAllocation(job, plan.items, panelByLabels),
      store,
      budget,
      workHash: hashValue([
        plan.workHash,
        job.allocation,
        budget.perItemUsd,
        job.seed,
        job.reconcile.sameFamily === 'recuse',
        ...(panelByLabels === null ? [] : [recordPanel(panelByLabels)]),
      ]),
      concurrency: batches.concurrency,
      batched: batches.endpoints,
      retryErrors: options.retryErrors === true,
      clock: context.clock,
      progress: progressEvents({
        onEvent(event) {
          if (event.type === 'run_started') live.progress = event.live;
          context.onEvent(event);
        },
      }),
      signal: context.signal,
    });
    const end = await running.catch(async (error: unknown) => {
      const done = live.progress?.itemsDone ?? 0;
      // what is complete is of use whatever stopped the run, except where the store itself failed
      if (done > 0 && !(error instanceof StoreError)) {
        await results(false);
        context.onEvent({ type: 'notice', text: `results of ${done} of ${plan.items} items: ${job.out}` });
      }
      throw error;
    });
    const report = await results(end.refused === null);
    return { plan, end, report, exported: await writeExports(job, report, options.parts?.formats) };
  } finally {
    if (options.parts?.store === undefined) await store.close();
  }
}

function rejectEmpty(job: Job, plan: RunPlan): void {
  if (plan.items === 0) {
    throw new ConfigError(`${job.items} has no items`, [], { hint: 'one JSON object a line' });
  }
  const recused = plan.raters.filter((one) => one.recused > 0);
  if (plan.tasks === 0 && recused.length > 0) {
    throw new ConfigError('no judge may be asked: each is of the family of one author of every pair', [], {
      hint: 'add a judge of another family, or set `reconcile: {same_family: downweight}`',
    });
  }
  if (plan.tasks === 0) {
    throw new ConfigError(`no rater has a question about any of the ${plan.items} items`, [], {
      hint: 'pairs need two candidates with texts; a rubric with `reference: required` needs references',
    });
  }
}

/** Builds the training sets that the job names, from the preferences just written. Earlier ones are replaced. */
async function writeExports(
  job: Job,
  report: RunReport,
  formats: readonly DatasetFormat[] = [],
): Promise<readonly Exported[]> {
  if (job.exports.length === 0) return [];
  const { buildExport } = await import('./exports/build-export.ts');
  const source = {
    preferences: join(job.out, resultFiles.preferences),
    items: job.items,
    replace: 'exports' as const,
    origin: {
      job: job.name,
      has_llm_judge: report.has_llm_judge,
      raters: report.raters.map(({ rater }) => rater),
    },
  };
  const exported: Exported[] = [];
  for (const spec of job.exports)
    exported.push(await buildExport(spec, source, relative(dirname(job.file), spec.out), formats));
  return exported;
}
