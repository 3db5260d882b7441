import type { Command } from 'commander';
import type { CommandModule, ProgramCommand } from '../command.ts';
import { cleanFeedbackCommand } from './clean/command.ts';
import { eraseFeedbackCommand } from './erase/command.ts';
import { exportFeedbackCommand } from './export/command.ts';
import { importFeedbackCommand } from './import/command.ts';
import { listFeedbackCommand } from './list/command.ts';
import { mergeFeedbackCommand } from './merge/command.ts';
import { retainFeedbackCommand } from './retain/command.ts';
import { routeFeedbackCommand } from './route/command.ts';
import { showFeedbackCommand } from './show/command.ts';
import { feedbackStatsCommand } from './stats/command.ts';
import { understandFeedbackCommand } from './understand/command.ts';

/** Every subcommand of `quorate feedback`, in the order of its help. One import and one line each. */
// biome-ignore format: one command a line, so that branches merge
const feedbackCommands: readonly CommandModule[] = [
  importFeedbackCommand,
  listFeedbackCommand,
  mergeFeedbackCommand,
  feedbackStatsCommand,
  showFeedbackCommand,
  exportFeedbackCommand,
  retainFeedbackCommand,
  eraseFeedbackCommand,
  cleanFeedbackCommand,
  understandFeedbackCommand,
  routeFeedbackCommand,
];

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
