import type { CommandModule } from '../command.ts';
import { cleanFeedbackCommand } from './clean.ts';
import { eraseFeedbackCommand } from './erase.ts';
import { exportFeedbackCommand } from './export.ts';
import { importFeedbackCommand } from './import.ts';
import { listFeedbackCommand } from './list.ts';
import { mergeFeedbackCommand } from './merge.ts';
import { retainFeedbackCommand } from './retain.ts';
import { routeFeedbackCommand } from './route.ts';
import { showFeedbackCommand } from './show.ts';
import { feedbackStatsCommand } from './stats.ts';
import { understandFeedbackCommand } from './understand.ts';

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
