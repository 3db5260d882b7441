import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import { limitOption, pluginOption, trustOption } from '../options.ts';
import type { RunFlags } from './run.ts';

export const runCommand: ProgramCommand = {
  name: 'run',
  group: 'Judge',
  examples: [
    'quorate run job.yaml',
    'quorate run job.yaml --limit 20',
    'quorate run job.yaml --max-usd 5 --retry-errors',
  ],
  exits: {
    3: 'a judge gave no verdict',
    5: 'all calls of a judge failed',
    6: 'the budget is spent; what was judged is recorded',
  },
  register(program: Command, run) {
    const command = program
      .command('run')
      .description(
        'Judge the items of a job, record every vote and write preferences. Resumes automatically.',
      )
      .argument('<job>', 'job file (YAML)');
    limitOption(trustOption(pluginOption(command)))
      .option('--retry-errors', 'repeat the calls that ended in an error')
      .option('--max-usd <usd>', 'budget of the run in US dollars, instead of the one in the job')
      .option('--concurrency <number>', 'maximum concurrent calls, instead of the one in the job')
      .option('--out <folder>', 'folder for the results, instead of the one in the job')
      .option('--allow-commands', 'allow rules of the job to run programs')
      .option('--quiet', 'no summary at the end')
      .option('--json', 'print the report as JSON on standard output')
      .action(
        run(async (io, jobFile: string, flags: RunFlags) => {
          const { runJobFile } = await import('./run.ts');
          return runJobFile(io, jobFile, flags);
        }),
      );
  },
};
