import { relative, resolve } from 'node:path';
import { loadJob } from '../config/job/load-job.ts';
import { checkTarget } from '../datasets/target-folder.ts';
import { ConfigError } from '../domain/errors.ts';
import type { Job } from '../domain/job.ts';
import { recordPanel } from '../engine/allocation/panel-file.ts';
import { planRun, type RunPlan } from '../engine/run/plan.ts';
import { type RunEnd, run } from '../engine/run/run.ts';
import { hashValue } from '../files/content-hash.ts';
import { readItems } from '../files/items.ts';
import { type ExitCode, exitCodes } from '../cli/exit-codes.ts';
import { type CommandIo, line, note } from '../cli/io.ts';
import { chooseBatches } from './choose-batches.ts';
import { openAllocation } from './open-allocation.ts';
import { openCalibration } from './open-calibration.ts';
import { type OpenPanel, openPanel } from './open-panel.ts';
import { openStore } from './open-store.ts';
import type { RunFlags } from '../cli/run/run-flags.ts';
import { footerLines } from '../cli/run/text.ts';
import { showProgress } from '../cli/show-progress.ts';
import { systemClock } from './system-clock.ts';
import { writeExports } from './write-exports.ts';
import { type RunReport, writeResults } from './write-results.ts';

/** `quorate run`: from a job file to preferences, with everything that was paid for kept on the way. */
export async function runJob(io: CommandIo, jobFile: string, flags: RunFlags): Promise<ExitCode> {
  const job = withFlags(await loadJob(resolve(io.cwd, jobFile), io.env), flags, io.cwd);
  // with --out they are other folders than those that were checked with the job
  for (const { out } of job.exports) await checkTarget(out, 'exports');
  const panel = await openPanel(job, io.env, { allowCommands: flags.allowCommands === true });
  try {
    for (const absence of panel.absent) note(io, `left out: ${absence}`);
    return await runPanel(io, jobFile, job, panel, flags);
  } finally {
    await panel.close();
  }
}

async function runPanel(
  io: CommandIo,
  jobFile: string,
  job: Job,
  panel: OpenPanel,
  flags: RunFlags,
): Promise<ExitCode> {
  const { members } = panel;
  const { name, budget } = job;
  const items = () => readItems(job.items);
  const { concurrency } = job;
  const everything = await planRun({ run: name, items: items(), panel: members, concurrency, store: null });
  const batches = chooseBatches(job, members, everything);
  const { plan } = batches;
  refuseEmpty(job, plan);
  if (batches.live.length > 0) {
    note(io, `asked live, since their providers have no batches: ${batches.live.join(', ')}`);
  }
  const panelByLabels = (await openCalibration(job.calibration))?.panel ?? null;
  const store = await openStore(job.store);
  try {
    const open = await store.openBatches(name);
    if (open.length > 0) note(io, `collecting batches of an earlier process: ${open.length}`);
    const end = await run({
      run: name,
      items,
      total: { items: plan.items, looks: plan.looks },
      panel: members,
      allocation: await openAllocation(job, plan.items, panelByLabels),
      store,
      budget,
      workHash: hashValue([
        plan.workHash,
        job.allocation,
        budget.perItemUsd,
        job.seed,
        ...(panelByLabels === null ? [] : [recordPanel(panelByLabels)]),
      ]),
      concurrency: batches.concurrency,
      batched: batches.lanes,
      retryErrors: flags.retryErrors === true,
      clock: systemClock,
      progress: showProgress(io, systemClock.now),
      signal: io.signal,
    });
    const report = await writeResults(job, members, store, plan.items);
    const exported = await writeExports(job, report, io.cwd);
    if (flags.json === true) line(io, JSON.stringify(report, null, 2));
    for (const text of footerLines({ job, jobFile, cwd: io.cwd, plan, end, report, exported }))
      note(io, text);
    return codeOf(end, report);
  } finally {
    await store.close();
  }
}

/** Some failed questions are part of the data; a run in which nothing but failures came back has failed itself. */
function codeOf(end: RunEnd, { raters }: RunReport): ExitCode {
  if (end.refused !== null) return exitCodes.budget;
  const failed =
    raters.every(({ votes, errors }) => votes === errors) && raters.some(({ errors }) => errors > 0);
  return failed ? exitCodes.provider : exitCodes.ok;
}

function withFlags(job: Job, flags: RunFlags, cwd: string): Job {
  const maxUsd = flags.maxUsd === undefined ? job.budget.maxUsd : positive('--max-usd', flags.maxUsd);
  const concurrency =
    flags.concurrency === undefined ? job.concurrency : positive('--concurrency', flags.concurrency);
  if (!Number.isInteger(concurrency) || concurrency > 1024) {
    throw new ConfigError(`--concurrency must be a whole number from 1 to 1024, received "${concurrency}"`);
  }
  const out = flags.out === undefined ? job.out : resolve(cwd, flags.out);
  const exports = job.exports.map((spec) => ({ ...spec, out: resolve(out, relative(job.out, spec.out)) }));
  return { ...job, out, exports, concurrency, budget: { ...job.budget, maxUsd } };
}

function positive(flag: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value;
  throw new ConfigError(`${flag} must be a number above 0, received "${text}"`);
}

function refuseEmpty(job: Job, plan: RunPlan): void {
  if (plan.items === 0) {
    throw new ConfigError(`${job.items} has no items`, [], { hint: 'one JSON object a line' });
  }
  if (plan.looks === 0) {
    throw new ConfigError(`nobody has a question about any of the ${plan.items} items`, [], {
      hint: 'pairs need two candidates with texts; a rubric with `reference: required` needs references',
    });
  }
}
