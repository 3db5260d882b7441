import type { Command } from 'commander';
import { defaultFeedbackStore } from '../../app/open-feedback-store.ts';
import { containerNames, datasetKinds, exportDefaults, exportFormats } from '../../domain/export-spec.ts';
import type { ProgramCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { line, note } from '../io.ts';
import type { ExportFlags } from './export-flags.ts';

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
          const { resolve } = await import('node:path');
          const { exportSpecOfFlags } = await import('./export-spec-of-flags.ts');
          const { buildExport } = await import('../../app/build-export.ts');
          const { originOf } = await import('../../app/open-export.ts');
          const at = (path: string) => resolve(io.cwd, path);
          const spec = exportSpecOfFlags(flags, at);
          const { outcome, feedbackRows } = await buildExport(
            spec,
            {
              ...(flags.preferences && { preferences: at(flags.preferences) }),
              ...(flags.items && { items: at(flags.items) }),
              replace: flags.overwrite === true ? ('anything' as const) : ('nothing' as const),
              origin: flags.reconciliation === undefined ? {} : await originOf(at(flags.reconciliation)),
            },
            flags.out,
          );
          const { manifest } = outcome;
          if (flags.json === true) line(io, JSON.stringify(manifest, null, 2));
          for (const result of manifest.quality) {
            if (result.status !== 'pass')
              note(io, `${result.level} ${result.check}: ${result.status}: ${result.message}`);
          }
          for (const [reason, count] of Object.entries(manifest.refused))
            note(io, `left out: ${count} ${reason}`);
          if (outcome.status === 'refused') {
            note(
              io,
              `Nothing was written: ${outcome.failed.join(', ')} failed. To export anyway: --allow ${outcome.failed.join(' ')}`,
            );
            return exitCodes.negative;
          }
          const rows = Object.entries(manifest.rows).map(([split, count]) => `${split} ${count}`);
          note(
            io,
            `${flags.out}: ${rows.join(', ') || 'no rows'} (${manifest.format}, ${manifest.container})`,
          );
          if (feedbackRows !== null && feedbackRows > 0)
            note(io, `${feedbackRows} rows from feedback; ${flags.feedbackStore} records their events`);
          if (flags.diff !== undefined) {
            const { compareDatasets } = await import('../../datasets/compare-datasets.ts');
            const difference = await compareDatasets(at(flags.diff), spec.out);
            if (flags.json !== true) line(io, JSON.stringify(difference, null, 2));
            note(
              io,
              `since ${flags.diff}: ${difference.added} added, ${difference.removed} removed, ${difference.flipped} flipped, ${difference.moved} moved`,
            );
          }
          return exitCodes.ok;
        }),
      );
  },
};
