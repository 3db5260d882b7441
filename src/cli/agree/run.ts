import { resolve } from 'node:path';
import type { AgreementReport } from '../../analysis/agreement/agreement-report.ts';
import { collectAnswers } from '../../analysis/agreement/collect-answers.ts';
import { measureAgreement } from '../../analysis/agreement/measure-agreement.ts';
import { ConfigError, InputError } from '../../domain/errors.ts';
import type { Item } from '../../domain/item.ts';
import type { Vote } from '../../domain/vote.ts';
import { readItems } from '../../files/items.ts';
import { readVotes } from '../../files/votes.ts';
import { reconcile } from '../../reconcile/reconcile.ts';
import { numberOption } from '../number-option.ts';

export interface AgreeFlags {
  readonly votes: readonly string[];
  readonly items?: readonly string[];
  readonly labels?: readonly string[];
  readonly raters?: string;
  readonly seed: string;
  readonly draws: string;
  readonly epsilon: string;
  readonly json?: boolean;
  readonly html?: string;
  readonly svg?: string;
}

/** The files of the flags, read and measured. */
export async function runAgreement(flags: AgreeFlags, cwd: string): Promise<AgreementReport> {
  const seed = numberOption('--seed', flags.seed, { whole: true });
  const replicates = numberOption('--draws', flags.draws, { whole: true, min: 100, max: 100_000 });
  const epsilon = numberOption('--epsilon', flags.epsilon, { min: 0, max: 1 });
  const raters = flags.raters?.split(',').map((name) => name.trim());
  const path = (file: string) => (file === '-' ? file : resolve(cwd, file));
  const votes = () => each(flags.votes.map(path), readVotes);
  const items = (): AsyncIterable<Item> | undefined => flags.items && each(flags.items.map(path), readItems);
  const labels = (): AsyncIterable<Vote> | undefined =>
    flags.labels && each(flags.labels.map(path), readVotes);

  const book = await collectAnswers({ votes: votes(), items: items(), labels: labels(), raters });
  if (book.votes === 0) {
    if (raters === undefined) throw new InputError(flags.votes.join(', '), null, 'no votes');
    throw new ConfigError(`no vote of a rater that matches --raters ${flags.raters}`, [], {
      hint: 'name raters as they stand in the votes file; * stands for any run of characters',
    });
  }
  // standard input can be read once only, and without labels there is nothing to hold a belief against
  const canReadAgain = book.pairs.length > 0 && book.labels > 0 && !flags.votes.includes('-');
  const posterior = canReadAgain
    ? await reconcile(
        { votes: withoutLabels(votes()), ...(flags.items && { items: items()! }) },
        { seed, ...(raters && { raters }) },
      )
    : null;
  return measureAgreement(book, {
    seed,
    replicates,
    epsilon,
    falseDiscoveryRate: 0.05,
    preferences: posterior?.preferences,
  });
}

/** What the belief is held against must not feed it. */
async function* withoutLabels(votes: AsyncIterable<Vote>): AsyncGenerator<Vote> {
  for await (const vote of votes) if (vote.rater_kind !== 'gold' && vote.rater_kind !== 'human') yield vote;
}

async function* each<T>(
  files: readonly string[],
  read: (file: string) => AsyncIterable<T>,
): AsyncGenerator<T> {
  for (const file of files) yield* read(file);
}
