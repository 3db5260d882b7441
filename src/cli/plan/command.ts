import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import { jsonOption, limitOption, pluginOption } from '../options.ts';
import type { PlanFlags } from './run.ts';

export const planCommand: ProgramCommand = {
  name: 'plan',
  group: 'Judge',
  examples: ['quorate plan job.yaml', 'quorate plan job.yaml --json'],
  register(program: Command, run) {
    const command = program
      .command('plan')
      .description('Estimate the calls, tokens and cost of a run. Needs no key and calls nothing.')
      .argument('<job>', 'job file (YAML)');
    limitOption(pluginOption(command));
    jsonOption(command, 'the plan').action(
      run(async (io, jobFile: string, flags: PlanFlags) => {
        const { runPlan } = await import('./run.ts');
        return runPlan(io, jobFile, flags);
      }),
    );
  },
};
