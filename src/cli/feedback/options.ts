import type { Command } from 'commander';
import { defaultFeedbackStore } from '../../app/stores/feedback-stores.ts';

export interface SettingsFlags {
  readonly settings?: string;
}

/** The option builders that the sub-commands share. */
export function withStoreOption(command: Command): Command {
  return command.option('--store <file>', 'feedback store', defaultFeedbackStore);
}

export function withWindowOptions(command: Command): Command {
  return command
    .option('--since <time>', 'events from this time on (RFC 3339 or a date)')
    .option('--until <time>', 'events before this time')
    .option('--model-version <version>', 'events about this version');
}

/** feedback.yaml, given alike to every command that reads it. */
export function withSettingsOption(command: Command): Command {
  return command.option(
    '--settings <file>',
    'feedback settings (YAML); default: feedback.yaml, if it exists',
  );
}
