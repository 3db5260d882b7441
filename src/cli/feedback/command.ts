import type { Command } from 'commander';
import type { CommandModule } from '../command.ts';
import { feedbackCommands } from './subcommands.ts';

export const feedbackCommand: CommandModule = {
  name: 'feedback',
  register(program: Command, run) {
    const feedback = program
      .command('feedback')
      .description('What people said and did about responses: brought in, looked at, cleaned, erased.');
    for (const command of feedbackCommands) command.register(feedback, run);
  },
};
