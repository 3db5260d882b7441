import type { Command } from 'commander';
import { itemsOption, ratersOption, seedOption, votesOption } from '../options.ts';

/** Options that `reconcile` and `calibrate` share. */
export function reconcileOptions(command: Command): Command {
  votesOption(command);
  itemsOption(command);
  ratersOption(command);
  return seedOption(command, 'the cross-validation folds')
    .option('--no-length', 'do not fit an effect of response length')
    .option(
      '--same-family <policy>',
      'a judge of the family of one author: recuse, downweight or keep',
      'recuse',
    );
}
