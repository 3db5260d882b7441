import type { Command } from 'commander';

/** Options that `reconcile` and `calibrate` share. */
export function withSharedOptions(command: Command): Command {
  return command
    .requiredOption('--votes <files...>', 'votes (JSONL, .gz)')
    .option('--items <files...>', 'items: category, cluster, length and authors are used')
    .option('--raters <globs>', 'comma-separated names or globs; a leading ! leaves raters out')
    .option('--seed <number>', 'seed of the cross-validation folds', '0')
    .option('--no-length', 'do not let labels teach that longer answers are better or worse')
    .option('--same-family <policy>', 'a judge of one author’s family: recuse, downweight or keep', 'recuse');
}
