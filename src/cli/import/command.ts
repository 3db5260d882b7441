import type { Command } from 'commander';
import type { ProgramCommand, RunAction } from '../command.ts';
import type { ImportFlags } from './run.ts';

const kinds = {
  items: 'Import prompts and responses as items.',
  votes: 'Import judgments of models and humans as votes.',
  labels: 'Import human judgments and labels of data sets.',
} as const;

export const importCommand: ProgramCommand = {
  name: 'import',
  group: 'Judge',
  examples: [
    'quorate import items hh-rlhf.jsonl.gz --out items.jsonl',
    'quorate import votes results.json --from promptfoo --out votes.jsonl',
  ],
  exits: { 2: 'nothing came of the files, or some rows could not be read; the others are written' },
  register(program: Command, run) {
    const importing = program
      .command('import')
      .description(
        'Import foreign files: data sets, results of other tools, tables. The format is recognised.',
      );
    for (const kind of Object.keys(kinds) as (keyof typeof kinds)[]) register(importing, kind, run);
  },
};

function register(importing: Command, kind: keyof typeof kinds, run: RunAction): void {
  const command = importing
    .command(kind)
    .description(kinds[kind])
    .argument(
      '<files...>',
      'JSONL, JSON, CSV, TSV, Parquet (.gz, .zst, .zip too), or a folder of them; - is standard input',
    )
    .option('--from <format>', 'format of the files; default: recognised by their content')
    .option('--map <file>', 'which columns hold what (YAML), for other tables')
    .option('--out <file>', `where the ${kind} are written (JSONL); - is standard output`, `${kind}.jsonl`);
  if (kind !== 'items') {
    command
      .option('--rater <name>', 'name of the rater, in place of the one found')
      .option(
        '--rater-kind <kind>',
        'kind of the rater, in place of the one found: llm, human, gold, rule, …',
      );
  }
  command.option('--json', 'print the report as JSON on standard output').action(
    run(async (io, files: readonly string[], flags: ImportFlags) => {
      const { runImportRecords } = await import('./run.ts');
      return runImportRecords(io, kind, files, flags);
    }),
  );
}
