import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import type { InitFlags } from './run.ts';

export const initCommand: ProgramCommand = {
  name: 'init',
  group: 'Judge',
  examples: ['quorate init my-project --template pairs', 'quorate init --judge openai anthropic --yes'],
  register(program: Command, run) {
    program
      .command('init')
      .description('Write a small project that runs without a key.')
      .argument('[dir]', 'folder to write into (default: the current one)')
      .option('--template <name>', 'pairs, gate or agreement (default: pairs)')
      .option('--judge <name...>', 'openai, anthropic, ollama or none (default: all, each when available)')
      .option('--yes', 'use the defaults, no prompts')
      .action(
        run(async (io, dir: string | undefined, flags: InitFlags) => {
          const { runInit } = await import('./run.ts');
          return runInit(io, dir, flags);
        }),
      );
  },
};
