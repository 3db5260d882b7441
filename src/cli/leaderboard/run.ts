import { resolve } from 'node:path';
import { comparePreferences, compareVotes } from '../../analysis/leaderboard/comparison.ts';
import { type Leaderboard, rankModels } from '../../analysis/leaderboard/rank-models.ts';
import { tieModels } from '../../analysis/leaderboard/strengths.ts';
import { readPreferences } from '../../datasets/read-preferences.ts';
import { ConfigError } from '../../domain/errors.ts';
import type { Item } from '../../domain/item.ts';
import { readItems } from '../../files/items.ts';
import { readVotes } from '../../files/votes.ts';
import { numberOption } from '../number-option.ts';

export interface LeaderboardFlags {
  readonly preferences?: readonly string[];
  readonly votes?: readonly string[];
  readonly items: readonly string[];
  readonly ties: string;
  readonly draws: string;
  readonly seed: string;
  readonly json?: boolean;
}

/** The files of the flags, read and ranked. @throws ConfigError where there is nothing to rank. */
export async function runLeaderboard(flags: LeaderboardFlags, cwd: string): Promise<Leaderboard> {
  const ties = tieModels.find((name) => name === flags.ties);
  if (ties === undefined)
    throw new ConfigError(`--ties must be one of ${tieModels.join(', ')}, received "${flags.ties}"`);
  const seed = numberOption('--seed', flags.seed, { whole: true });
  const replicates = numberOption('--draws', flags.draws, { whole: true, min: 50, max: 100_000 });
  const { preferences, votes } = flags;
  if ((preferences === undefined) === (votes === undefined)) {
    throw new ConfigError('leaderboard ranks --preferences or --votes: give one of the two');
  }
  const path = (file: string) => resolve(cwd, file);
  const items = new Map<string, Item>();
  for await (const item of each(flags.items.map(path), readItems)) items.set(item.id, item);
  const found =
    preferences === undefined
      ? await compareVotes(each(votes!.map(path), readVotes), items)
      : await comparePreferences(each(preferences.map(path), readPreferences), items);
  if (found.comparisons.length === 0) {
    const why = found.warnings.list().map(({ warning, count }) => `${warning} (${count})`);
    throw new ConfigError(`no comparison of two models${why.length === 0 ? '' : `: ${why.join(', ')}`}`, [], {
      hint: 'candidates in the items file name the model that wrote them as "model"',
    });
  }
  return rankModels(found, { ties, seed, replicates, alpha: 0.05 });
}

async function* each<T>(
  files: readonly string[],
  read: (file: string) => AsyncIterable<T>,
): AsyncGenerator<T> {
  for (const file of files) yield* read(file);
}
