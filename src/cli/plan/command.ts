import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { line, note } from '../io.ts';

export const planCommand: ProgramCommand = {
  name: 'plan',
  group: 'Judge',
  examples: ['quorate plan job.yaml', 'quorate plan job.yaml --json'],
  register(program: Command, run) {
    program
      .command('plan')
      .description('Say what a run would ask and cost, before anything is spent. Needs no key.')
      .argument('<job>', 'job file (YAML)')
      .option('--json', 'print the plan as JSON')
      .action(
        run(async (io, jobFile: string, flags: { readonly json?: boolean }) => {
          const { resolve } = await import('node:path');
          const { planJob } = await import('../../app/plan-job.ts');
          const { loadJob } = await import('../../config/job/load-job.ts');
          const { planLines } = await import('./text.ts');
          const job = await loadJob(resolve(io.cwd, jobFile), io.env);
          const plan = await planJob(job, io.env);
          if (flags.json === true) line(io, JSON.stringify(plan, null, 2));
          else for (const text of planLines(job, plan)) line(io, text);
          note(io, `Next: quorate run ${jobFile}`);
          return exitCodes.ok;
        }),
      );
  },
};
