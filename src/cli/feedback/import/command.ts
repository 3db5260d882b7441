import type { Command } from 'commander';
import type { CommandModule } from '../../command.ts';
import { withSettingsOption, withStoreOption } from '../options.ts';
import type { ImportFlags } from './run.ts';

export const importFeedbackCommand: CommandModule = {
  name: 'import',
  register(feedback: Command, run) {
    const importing = feedback
      .command('import')
      .description('Import feedback files into the store. Importing a file again changes nothing.')
      .argument('<files...>', 'JSONL, JSON or CSV (.gz too)')
      .option('--format <format>', 'auto, events, open-webui, anythingllm, promptfoo or generic', 'auto')
      .option('--map <file>', 'mapping from columns to fields (YAML), for generic tables')
      .option('--source <name>', 'source application; default: the format')
      .option('--model-version <version>', 'model version where the file has none')
      .option('--author <id>', 'author where the file has none');
    withSettingsOption(withStoreOption(importing))
      .option('--refused <file>', 'write every refused line with its reason (JSONL)')
      .option('--json', 'print the report as JSON')
      .action(
        run(async (io, files: readonly string[], flags: ImportFlags) => {
          const { runImport } = await import('./run.ts');
          return runImport(io, files, flags);
        }),
      );
  },
};
