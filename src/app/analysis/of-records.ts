import type { AgreementReport } from '../../analysis/agreement/agreement-report.ts';
import type { Leaderboard } from '../../analysis/leaderboard/rank-models.ts';
import { tieModels } from '../../analysis/leaderboard/strengths.ts';
import { checkArgument } from '../../domain/check-argument.ts';
import { ConfigError } from '../../domain/errors.ts';
import type { Item } from '../../domain/item.ts';
import { allocationKinds } from '../../domain/job.ts';
import type { Preference } from '../../domain/preference.ts';
import type { Vote } from '../../domain/vote.ts';
import {
  type ReconcileOptions,
  type Reconciliation,
  reconcile as reconcileStreams,
} from '../../reconcile/reconcile.ts';
import { type AppContext, appContext } from '../context.ts';
import { type Given, givenItems, givenPreferences, givenVotes, requireObject } from './given-records.ts';
import { type AgreementSettings, measureAgreementOfFiles } from './measure-agreement-of-files.ts';
import { type RankingSettings, rankModelsOfFiles } from './rank-models-of-files.ts';
import { openRecords, type RecordSources } from './record-files.ts';
import { type Simulation, type SimulationSettings, simulateFiles } from './simulate-files.ts';

/**
 * Votes, and what is known beside them: records, or paths of JSONL files (`.gz` too).
 * @example
 * const records: Records = { votes: 'votes.jsonl', items, labels: 'labels.jsonl' };
 */
export interface Records {
  readonly votes: Given<Vote>;
  /** Category, cluster, length and authors are used where items are given. */
  readonly items?: Given<Item>;
  /** Human or gold labels, in the shape of votes. */
  readonly labels?: Given<Vote>;
}

async function sources(records: Records, what: string): Promise<RecordSources> {
  requireObject(records, what);
  const { votes, items, labels } = records;
  return {
    votes: await givenVotes(votes, 'votes'),
    ...(items === undefined ? {} : { items: await givenItems(items, 'items') }),
    ...(labels === undefined ? {} : { labels: await givenVotes(labels, 'labels') }),
  };
}

/**
 * What votes add up to, pair by pair. The order of the votes has no influence on the result.
 * @throws ConfigError that names the wrong member, InputError for an unreadable file.
 * @example
 * const { preferences, report } = await reconcile({ votes: 'votes.jsonl', labels: 'gold.jsonl' });
 */
export async function reconcile(records: Records, options: ReconcileOptions = {}): Promise<Reconciliation> {
  checkArgument('options', options, 'object');
  return reconcileStreams(openRecords(await sources(records, 'reconcile')), options);
}

/**
 * Accuracy, agreement, bias and calibration of raters, each with an interval.
 * @throws ConfigError that names the wrong member, InputError where there are no votes.
 * @example
 * const { raters } = await measureAgreement({ votes, labels });
 * for (const { rater, accuracy } of raters) console.log(rater, accuracy);
 */
export async function measureAgreement(
  records: Records,
  options: Partial<AgreementSettings> = {},
): Promise<AgreementReport> {
  checkArgument('options', options, 'object');
  const { seed = 0, replicates = 1000, epsilon = 0.2, raters } = options;
  return measureAgreementOfFiles(await sources(records, 'measureAgreement'), {
    raters,
    seed: wholeNumber(seed, 'seed'),
    replicates: wholeNumber(replicates, 'replicates'),
    epsilon: share(epsilon, 'epsilon'),
  });
}

/**
 * Comparisons of models: reconciled preferences, or pairwise votes.
 * @example
 * const records: RankingRecords = { items: 'items.jsonl', votes: 'votes.jsonl' };
 */
export interface RankingRecords {
  /** Items whose candidates name the model that wrote them. */
  readonly items: Given<Item>;
  readonly preferences?: Given<Preference>;
  readonly votes?: Given<Vote>;
}

/**
 * Ranks the models whose responses were compared (Bradley-Terry 1952, with a tie model on request), with
 * cluster-bootstrap intervals.
 * @throws ConfigError that names the wrong member, or where no two models were compared.
 * @example
 * const { models } = await rankModels({ items: 'items.jsonl', preferences: 'out/preferences.jsonl' });
 */
export async function rankModels(
  records: RankingRecords,
  options: Partial<RankingSettings> = {},
): Promise<Leaderboard> {
  checkArgument('options', options, 'object');
  requireObject(records, 'rankModels');
  const { items, preferences, votes } = records;
  const { ties = 'half', seed = 0, replicates = 500 } = options;
  if (!(tieModels as readonly string[]).includes(ties))
    throw new ConfigError(`ties must be one of ${tieModels.join(', ')}, received ${JSON.stringify(ties)}`);
  if ((preferences === undefined) === (votes === undefined))
    throw new ConfigError('rankModels needs preferences or votes: give one of the two');
  return rankModelsOfFiles(
    {
      items: await givenItems(items, 'items'),
      compared:
        preferences === undefined
          ? { votes: await givenVotes(votes!, 'votes') }
          : { preferences: await givenPreferences(preferences, 'preferences') },
    },
    { ties, seed: wholeNumber(seed, 'seed'), replicates: wholeNumber(replicates, 'replicates') },
  );
}

/**
 * Settings of `simulate`; all have defaults.
 * @example
 * const options: SimulateOptions = { allocation: 'adaptive', targetError: 0.1, seed: 1 };
 */
export type SimulateOptions = Partial<SimulationSettings> & Pick<Partial<AppContext>, 'signal' | 'onEvent'>;

/**
 * Replays recorded votes under a plan of who is asked next: what it would have decided, and at what cost.
 * @throws ConfigError that names the wrong member, or where nothing can be replayed.
 * @example
 * const { summary } = await simulate({ votes, labels }, { allocation: 'adaptive', targetError: 0.05 });
 * console.log(summary.accuracy, summary.usd_per_item);
 */
export async function simulate(records: Records, options: SimulateOptions = {}): Promise<Simulation> {
  checkArgument('options', options, 'object');
  const { allocation = 'adaptive', targetError = null, usdPerItem = null, samples = null } = options;
  const { unitPrice = null, fitLabels = true, seed = 0, raters } = options;
  if (!allocationKinds.includes(allocation))
    throw new ConfigError(
      `allocation must be one of ${allocationKinds.join(', ')}, received ${JSON.stringify(allocation)}`,
    );
  if (targetError !== null && usdPerItem !== null)
    throw new ConfigError('targetError and usdPerItem exclude each other');
  const settings = {
    allocation,
    targetError: targetError === null ? null : share(targetError, 'targetError'),
    usdPerItem,
    samples,
    unitPrice,
    fitLabels,
    raters,
    seed: wholeNumber(seed, 'seed'),
  };
  return simulateFiles(await sources(records, 'simulate'), settings, appContext(options));
}

function wholeNumber(value: unknown, member: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw new ConfigError(`${member} must be a whole number, received ${String(value)}`);
}

function share(value: unknown, member: string): number {
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  throw new ConfigError(`${member} must be a number from 0 to 1, received ${String(value)}`);
}
