import type { Command } from 'commander';
import { defaultFeedbackStore } from '../../../app/open-feedback-store.ts';
import type { CommandModule } from '../../command.ts';
import type { ImportFlags } from './run.ts';

export const importFeedbackCommand: CommandModule = {
  name: 'import',
  register(feedback: Command, run) {
    feedback
      .command('import')
      .description('Bring feedback of files into the store; the same file again changes nothing.')
      .argument('<files...>', 'JSONL, JSON or CSV (.gz too)')
      .option('--format <format>', 'auto, events, open-webui, anythingllm, promptfoo or generic', 'auto')
      .option('--map <file>', 'how columns become fields (YAML), for generic tables')
      .option('--source <name>', 'the application it comes from; default: the format')
      .option('--model-version <version>', 'model version where the export has none')
      .option('--author <id>', 'author where the export has none')
      .option('--store <file>', 'feedback store', defaultFeedbackStore)
      .option('--settings <file>', 'settings of the feedback loop; default: feedback.yaml, if there is one')
      .option('--refused <file>', 'write every refused line with its reason (JSONL)')
      .option('--json', 'print the report as JSON')
      .action(
        run(async (io, files: readonly string[], flags: ImportFlags) => {
          const { importEvents } = await import('./run.ts');
          return importEvents(io, files, flags);
        }),
      );
  },
};
