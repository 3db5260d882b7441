import { loadJobWith } from '../../app/load-plugin.ts';
import { planJob } from '../../app/plan-job.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line, note } from '../io.ts';
import { limitOf } from '../options.ts';
import { accessOfLoadedJob } from '../trust/require-consent.ts';
import { accessLines } from '../trust/text.ts';
import { planLines } from './text.ts';

export interface PlanFlags {
  readonly plugin?: readonly string[];
  readonly limit?: string;
  readonly json?: boolean;
}

export async function runPlan(io: CommandIo, jobFile: string, flags: PlanFlags): Promise<ExitCode> {
  const job = await loadJobWith(jobFile, flags.plugin, io);
  const plan = await planJob(job, io.env, job.parts, limitOf(flags).limit);
  const { access } = await accessOfLoadedJob(io, job, { plugins: flags.plugin });
  if (flags.json === true) line(io, JSON.stringify({ ...plan, access }, null, 2));
  else for (const text of [...planLines(job, plan), '', ...accessLines(access)]) line(io, text);
  note(io, `Next: quorate run ${jobFile}`);
  return exitCodes.ok;
}
