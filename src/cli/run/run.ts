import { relative, resolve } from 'node:path';
import type { DefinedJob } from '../../app/define-job.ts';
import { loadJobWith } from '../../app/load-plugin.ts';
import { type RunOutcome, runJob } from '../../app/run-job.ts';
import type { RaterCounts } from '../../app/vote-counter.ts';
import { ConfigError } from '../../domain/errors.ts';
import { contextOf } from '../app-context.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line, note } from '../io.ts';
import { limitOf } from '../options.ts';
import { requireConsentToJob } from '../trust/require-consent.ts';
import { footerLines } from './text.ts';

export interface RunFlags {
  readonly plugin?: readonly string[];
  readonly limit?: string;
  readonly retryErrors?: boolean;
  readonly maxUsd?: string;
  readonly concurrency?: string;
  readonly out?: string;
  readonly allowCommands?: boolean;
  readonly trust?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** `quorate run`: a job file to preferences. */
export async function runJobFile(io: CommandIo, jobFile: string, flags: RunFlags): Promise<ExitCode> {
  const job = withFlags(await loadJobWith(jobFile, flags.plugin, io), flags, io.cwd);
  const own = flags.out === undefined ? [] : [job.out];
  const allowCommands = await requireConsentToJob(io, job, flags, own);
  const outcome = await runJob(job, contextOf(io), {
    ...limitOf(flags),
    retryErrors: flags.retryErrors === true,
    allowCommands,
    parts: job.parts,
  });
  if (flags.json === true) line(io, JSON.stringify(outcome.report, null, 2));
  if (flags.quiet !== true) {
    for (const text of footerLines({ job, jobFile, cwd: io.cwd, ...outcome })) note(io, text);
  }
  return codeOf(outcome);
}

/** Some failed calls are part of the data; a run with nothing but failures, or a judge without a verdict, has failed. */
function codeOf({ end, report: { raters, judge_warnings } }: RunOutcome): ExitCode {
  if (end.refused !== null) return exitCodes.budget;
  const silent = new Set(
    judge_warnings.filter(({ warning }) => warning === 'no_verdict').map(({ rater }) => rater),
  );
  const onlyErrors = ({ votes, errors }: RaterCounts) => votes === errors && errors > 0;
  const failed =
    raters.every(({ votes, errors }) => votes === errors) && raters.some(({ errors }) => errors > 0);
  if (failed || raters.some((one) => silent.has(one.rater) && onlyErrors(one))) return exitCodes.provider;
  return silent.size > 0 ? exitCodes.inconclusive : exitCodes.ok;
}

function withFlags(job: DefinedJob, flags: RunFlags, cwd: string): DefinedJob {
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
