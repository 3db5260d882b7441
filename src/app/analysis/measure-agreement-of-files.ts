import type { AgreementReport } from '../../analysis/agreement/agreement-report.ts';
import { collectAnswers } from '../../analysis/agreement/collect-answers.ts';
import { measureAgreement } from '../../analysis/agreement/measure-agreement.ts';
import { ConfigError, InputError } from '../../domain/errors.ts';
import type { Vote } from '../../domain/vote.ts';
import { namesOf } from '../../files/read-records.ts';
import { reconcile } from '../../reconcile/reconcile.ts';
import { openRecords, type RecordSources } from './record-files.ts';

/**
 * Which raters are measured, and how.
 * @example
 * const settings: AgreementSettings = { raters: ['judge-*'], seed: 1, replicates: 1000, epsilon: 0.1 };
 */
export interface AgreementSettings {
  /** Names or globs; undefined: all raters of the votes. */
  readonly raters?: readonly string[] | undefined;
  readonly seed: number;
  /** Bootstrap draws. */
  readonly replicates: number;
  /** Margin of the alternative annotator test, 0 to 1. */
  readonly epsilon: number;
}

/**
 * Accuracy, bias, agreement and calibration of the raters in recorded votes, each with an interval.
 * @throws InputError where the files hold no votes, ConfigError where no rater matches
 */
export async function measureAgreementOfFiles(
  files: RecordSources,
  { raters, seed, replicates, epsilon }: AgreementSettings,
): Promise<AgreementReport> {
  const { votes, items, labels } = openRecords(files);
  const book = await collectAnswers({ votes, items, labels, raters: raters && [...raters] });
  if (book.votes === 0) {
    if (raters === undefined) throw new InputError(namesOf(files.votes), null, 'no votes');
    throw new ConfigError(`no vote of a rater that matches ${raters.join(', ')}`, [], {
      hint: 'give rater names as in the votes file; * matches any characters',
    });
  }
  // standard input can be read only once, and without labels there is nothing to compare the posterior with
  const canReadAgain = book.pairs.length > 0 && book.labels > 0 && !files.votes.includes('-');
  const posterior = canReadAgain ? await reconcileWithoutLabels(files, seed, raters) : null;
  return measureAgreement(book, {
    seed,
    replicates,
    epsilon,
    falseDiscoveryRate: 0.05,
    preferences: posterior?.preferences,
  });
}

/** What is measured on the labels must not be fitted to them. */
function reconcileWithoutLabels(files: RecordSources, seed: number, raters: readonly string[] | undefined) {
  const { votes, items } = openRecords(files);
  return reconcile(
    { votes: machineVotes(votes), ...(items && { items }) },
    { seed, ...(raters && { raters }) },
  );
}

async function* machineVotes(votes: AsyncIterable<Vote>): AsyncGenerator<Vote> {
  for await (const vote of votes) if (vote.rater_kind !== 'gold' && vote.rater_kind !== 'human') yield vote;
}
