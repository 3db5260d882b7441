import type { ProgramCommand } from '../command.ts';
import type { LoopFlags } from './run.ts';

export const loopCommand: ProgramCommand = {
  name: 'loop',
  group: 'Ship',
  examples: ['quorate loop loop.yaml --once', 'quorate loop loop.yaml'],
  register(program, run) {
    program
      .command('loop')
      .description('Keep watch: safety at once, reviews, and training when its rules say so.')
      .argument('[loop]', 'the loop file', 'loop.yaml')
      .option('--once', 'do what is due and end, for a scheduler of your own')
      .option('--now <time>', 'begin as if it were this moment (RFC 3339)')
      .option('--by <name>', 'whose name the registry gets', 'quorate loop')
      .action(
        run(async (io, file: string, flags: LoopFlags) => (await import('./run.ts')).loop(io, file, flags)),
      );
  },
};
