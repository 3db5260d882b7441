import type { Command } from 'commander';
import type { CommandModule } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { note } from '../io.ts';

interface ReconcileFlags {
  readonly votes: readonly string[];
  readonly items?: readonly string[];
  readonly labels?: readonly string[];
  readonly raters?: string;
  readonly seed: string;
  readonly out: string;
  readonly report?: string;
}

export const reconcileCommand: CommandModule = {
  name: 'reconcile',
  register(program: Command, run) {
    program
      .command('reconcile')
      .description('Turn votes from anywhere into preferences with a probability.')
      .requiredOption('--votes <files...>', 'votes (JSONL, .gz)')
      .option('--items <files...>', 'items: category, cluster, length and authors are used')
      .option('--labels <files...>', 'labels of people or gold, in the format of votes')
      .option('--raters <globs>', 'comma-separated names or globs; a leading ! leaves raters out')
      .option('--seed <number>', 'seed of the cross-validation folds', '0')
      .option('--out <file>', 'preferences (JSONL); - is standard output', '-')
      .option('--report <file>', 'what was found about the raters (JSON)')
      .action(
        run(async (io, flags: ReconcileFlags) => {
          const { resolve } = await import('node:path');
          const { ConfigError } = await import('../../domain/errors.ts');
          const { readItems } = await import('../../files/items.ts');
          const { readVotes } = await import('../../files/votes.ts');
          const { writeJsonLines, writeText } = await import('../../files/write-lines.ts');
          const { reconcile } = await import('../../reconcile/reconcile.ts');
          const seed = Number(flags.seed);
          if (!Number.isSafeInteger(seed)) {
            throw new ConfigError(`--seed must be a whole number, received "${flags.seed}"`);
          }
          const path = (file: string) => (file === '-' ? file : resolve(io.cwd, file));
          const { preferences, report } = await reconcile(
            {
              votes: each(flags.votes.map(path), readVotes),
              ...(flags.items && { items: each(flags.items.map(path), readItems) }),
              ...(flags.labels && { labels: each(flags.labels.map(path), readVotes) }),
            },
            { seed, ...(flags.raters && { raters: flags.raters.split(',').map((name) => name.trim()) }) },
          );
          await writeJsonLines(path(flags.out), preferences);
          if (flags.report !== undefined) {
            await writeText(path(flags.report), [`${JSON.stringify(report, null, 2)}\n`]);
          }
          note(
            io,
            `${preferences.length} pairs from ${report.votes} votes of ${report.raters.length} raters, ${report.basis} (${report.labelled_pairs} labelled pairs)`,
          );
          for (const { warning, count } of report.warnings) note(io, `warning: ${warning} (${count})`);
          return exitCodes.ok;
        }),
      );
  },
};

async function* each<T>(
  files: readonly string[],
  read: (file: string) => AsyncIterable<T>,
): AsyncGenerator<T> {
  for (const file of files) yield* read(file);
}
