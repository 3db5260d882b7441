import type { Command } from 'commander';
import type { CommandModule } from '../../command.ts';
import { withStoreOption, withWindowOptions } from '../options.ts';
import type { ExportEventsFlags } from './run.ts';

export const exportFeedbackCommand: CommandModule = {
  name: 'export',
  register(feedback: Command, run) {
    const exporting = feedback
      .command('export')
      .description(
        'Export the events that count as JSONL: in force, not quarantined, personal data redacted.',
      )
      .requiredOption('--out <file>', 'file to write (JSONL, .gz); quorate export --feedback reads it');
    withWindowOptions(withStoreOption(exporting))
      .option('--kind <kinds...>', 'only these kinds')
      .option('--min-weight <number>', 'leave out cleaned events of a lower weight', '0.01')
      .option('--pii <policy>', 'personal data and secrets: redact or keep', 'redact')
      .option('--json', 'print the report as JSON')
      .action(
        run(async (io, flags: ExportEventsFlags) => {
          const { runExport } = await import('./run.ts');
          return runExport(io, flags);
        }),
      );
  },
};
