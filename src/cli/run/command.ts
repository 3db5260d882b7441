import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import type { RunFlags } from './run.ts';

export const runCommand: ProgramCommand = {
  name: 'run',
  group: 'Judge',
  examples: ['quorate run job.yaml', 'quorate run job.yaml --max-usd 5 --retry-errors'],
  exits: { 6: 'the budget is spent; what was judged is recorded' },
  register(program: Command, run) {
    program
      .command('run')
      .description('Ask the panel of a job, record every vote, and write preferences. Continues by itself.')
      .argument('<job>', 'job file (YAML)')
      .option('--retry-errors', 'ask again what ended in an error')
      .option('--max-usd <usd>', 'the most that the run may cost, instead of what the job says')
      .option('--concurrency <number>', 'calls in flight at most, instead of what the job says')
      .option('--out <folder>', 'folder for the results, instead of what the job says')
      .option('--allow-commands', 'let rules of the job run programs')
      .option('--json', 'print the report')
      .action(
        run(async (io, jobFile: string, flags: RunFlags) => {
          const { runJobFile } = await import('./run.ts');
          return runJobFile(io, jobFile, flags);
        }),
      );
  },
};
