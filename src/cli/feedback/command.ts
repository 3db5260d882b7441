import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import { feedbackCommands } from './subcommands.ts';

export const feedbackCommand: ProgramCommand = {
  name: 'feedback',
  group: 'Human feedback',
  examples: [
    'quorate feedback import export.jsonl',
    'quorate feedback stats --window 30d --breakdown category',
  ],
  register(program: Command, run) {
    const feedback = program
      .command('feedback')
      .description('Import, inspect, clean, merge, route and erase human feedback.');
    for (const command of feedbackCommands) command.register(feedback, run);
  },
};
