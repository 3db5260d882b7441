import { resolve } from 'node:path';
import { planJob } from '../../app/plan-job.ts';
import { loadJob } from '../../config/job/load-job.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line, note } from '../io.ts';
import { planLines } from './text.ts';

export interface PlanFlags {
  readonly json?: boolean;
}

export async function runPlan(io: CommandIo, jobFile: string, flags: PlanFlags): Promise<ExitCode> {
  const job = await loadJob(resolve(io.cwd, jobFile), io.env);
  const plan = await planJob(job, io.env);
  if (flags.json === true) line(io, JSON.stringify(plan, null, 2));
  else for (const text of planLines(job, plan)) line(io, text);
  note(io, `Next: quorate run ${jobFile}`);
  return exitCodes.ok;
}
