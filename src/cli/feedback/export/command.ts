import type { Command } from 'commander';
import { defaultFeedbackStore } from '../../../app/open-feedback-store.ts';
import type { CommandModule } from '../../command.ts';
import type { ExportEventsFlags } from './run.ts';

export const exportFeedbackCommand: CommandModule = {
  name: 'export',
  register(feedback: Command, run) {
    feedback
      .command('export')
      .description('Write the events that count as JSONL: in force, not quarantined, without personal data.')
      .requiredOption('--out <file>', 'file to write (JSONL, .gz); quorate export --feedback reads it')
      .option('--store <file>', 'feedback store', defaultFeedbackStore)
      .option('--since <time>', 'events from this moment on (RFC 3339 or a date)')
      .option('--until <time>', 'events before this moment')
      .option('--model-version <version>', 'events about this version')
      .option('--kind <kinds...>', 'only these kinds')
      .option('--min-weight <number>', 'cleaned events of less weight are left out', '0.01')
      .option('--pii <policy>', 'personal data and secrets: redact or keep', 'redact')
      .option('--json', 'print the report as JSON')
      .action(
        run(async (io, flags: ExportEventsFlags) => {
          const { exportEvents } = await import('./run.ts');
          return exportEvents(io, flags);
        }),
      );
  },
};
