import type { Command } from 'commander';
import { defaultFeedbackStore } from '../../app/stores/feedback-stores.ts';
import { containerNames, datasetKinds, exportDefaults, exportFormats } from '../../domain/export-spec.ts';
import type { ProgramCommand } from '../command.ts';
import type { ExportFlags } from './export-spec-of-flags.ts';

export const exportCommand: ProgramCommand = {
  name: 'export',
  group: 'Ship',
  examples: [
    'quorate export --preferences out/preferences.jsonl --items items.jsonl --out dpo',
    'quorate export --preferences out/preferences.jsonl --items items.jsonl --out dpo --splits train=0.9,test=0.1 --container parquet',
  ],
  exits: { 1: 'a required check of the dataset failed; nothing was written' },
  register(program: Command, run) {
    program
      .command('export')
      .description(
        'Build a training dataset from preferences: data, sidecars, card, manifest, trainer configuration.',
      )
      .option('--preferences <file>', 'preferences (JSONL, .gz)')
      .option('--items <file>', 'items that the preferences are about')
      .option(
        '--feedback <files...>',
        'feedback events or revisions: improvements become sft and preference rows',
      )
      .option('--gaps <files...>', 'knowledge gaps with answers, for --kind rag')
      .option('--mix <files...>', 'public preference rows to mix in')
      .option('--shares <shares>', 'share of rows by source, for example human=0.5,ai=0.3,public=0.2')
      .option('--balance-length', 'balance pairs in which the longer and the shorter response won')
      .requiredOption('--out <folder>', 'folder to create; refused if it is not empty')
      .option('--kind <kind>', datasetKinds.join(', '), exportDefaults.kind)
      .option('--format <format>', exportFormats.join(', '), exportDefaults.format)
      .option('--container <container>', containerNames.join(', '), exportDefaults.container)
      .option('--splits <shares>', 'names and shares, for example train=0.9,test=0.1', 'train=1')
      .option('--seed <number>', 'seed of the splits', '0')
      .option('--min-probability <number>', 'leave out pairs below as ambiguous', '0.7')
      .option(
        '--pii <policy>',
        'personal data and secrets: redact, refuse (leave the row out) or keep',
        exportDefaults.pii,
      )
      .option('--allow <checks...>', 'MUST rules that may fail; the manifest records them')
      .option('--benchmark <files...>', 'items or text files that must not be trained on')
      .option('--previous <folder>', 'earlier export whose splits are kept')
      .option('--diff <folder>', 'earlier export to compare with')
      .option('--reconciliation <file>', 'report.json of the run or of reconcile, for the card')
      .option('--title <text>', 'title of the card', 'Preference data')
      .option('--license <id>', 'licence of the data for the card', exportDefaults.license)
      .option(
        '--feedback-store <file>',
        'store that records which events were exported',
        defaultFeedbackStore,
      )
      .option('--overwrite', 'replace an existing folder')
      .option('--json', 'print the manifest')
      .action(
        run(async (io, flags: ExportFlags) => {
          const { runExport } = await import('./run.ts');
          return runExport(io, flags);
        }),
      );
  },
};
