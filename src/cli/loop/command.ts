import type { ProgramCommand } from '../command.ts';
import { trustOption } from '../options.ts';
import { withLoopOption, withNowOption } from './options.ts';
import type { LoopFlags } from './run.ts';

export const loopCommand: ProgramCommand = {
  name: 'loop',
  group: 'Ship',
  examples: ['quorate loop --once', 'quorate loop --loop loop.yaml'],
  register(program, run) {
    const loop = program
      .command('loop')
      .description('Run the retraining daemon: safety alerts, scheduled reviews, triggered training.');
    trustOption(withNowOption(withLoopOption(loop)))
      .option('--allow-commands', 'let the loop run its commands, for this call')
      .option('--once', 'do what is due and exit, for an external scheduler')
      .option('--by <name>', 'name that the registry records', 'quorate loop')
      .action(
        run(async (io, flags: LoopFlags) => {
          const { runLoopCommand } = await import('./run.ts');
          return runLoopCommand(io, flags);
        }),
      );
  },
};
