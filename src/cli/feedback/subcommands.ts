import type { CommandModule } from '../command.ts';
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
export const feedbackCommands: readonly CommandModule[] = [
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
