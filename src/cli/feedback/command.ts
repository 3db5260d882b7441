import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import { feedbackCommands } from './subcommands.ts';

export const feedbackCommand: ProgramCommand = {
  name: 'feedback',
  group: 'Human feedback',
  examples: ['quorate feedback import export.jsonl', 'quorate feedback stats --window 30d --by category'],
  register(program: Command, run) {
    const feedback = program
      .command('feedback')
      .description('What people said and did about responses: brought in, looked at, cleaned, erased.');
    for (const command of feedbackCommands) command.register(feedback, run);
  },
};
