import { comparePreferences, compareVotes } from '../../analysis/leaderboard/comparison.ts';
import { type Leaderboard, rankModels } from '../../analysis/leaderboard/rank-models.ts';
import type { TieModelName } from '../../analysis/leaderboard/strengths.ts';
import { readPreferences } from '../../datasets/read-preferences.ts';
import { ConfigError } from '../../domain/errors.ts';
import type { Item } from '../../domain/item.ts';
import type { Preference } from '../../domain/preference.ts';
import type { Vote } from '../../domain/vote.ts';
import { readItems } from '../../files/items.ts';
import { type RecordSource, readEach } from '../../files/read-records.ts';
import { readVotes } from '../../files/votes.ts';

export interface LeaderboardFiles {
  /** Items whose candidates name the model that wrote them. */
  readonly items: readonly RecordSource<Item>[];
  readonly compared:
    | { readonly preferences: readonly RecordSource<Preference>[] }
    /** Pairwise votes that were not reconciled. */
    | { readonly votes: readonly RecordSource<Vote>[] };
}

/**
 * How `rankModels` treats ties and draws its bootstrap.
 * @example
 * const settings: RankingSettings = { ties: 'davidson', seed: 1, replicates: 1000 };
 */
export interface RankingSettings {
  readonly ties: TieModelName;
  readonly seed: number;
  /** Bootstrap draws. */
  readonly replicates: number;
}

/** Ranks the models whose responses were compared. @throws ConfigError where there is nothing to rank. */
export async function rankModelsOfFiles(
  files: LeaderboardFiles,
  settings: RankingSettings,
): Promise<Leaderboard> {
  const items = new Map<string, Item>();
  for await (const item of readEach(files.items, readItems)) items.set(item.id, item);
  const found =
    'preferences' in files.compared
      ? await comparePreferences(readEach(files.compared.preferences, readPreferences), items)
      : await compareVotes(readEach(files.compared.votes, readVotes), items);
  if (found.comparisons.length === 0) {
    const why = found.warnings.list().map(({ warning, count }) => `${warning} (${count})`);
    throw new ConfigError(`no comparison of two models${why.length === 0 ? '' : `: ${why.join(', ')}`}`, [], {
      hint: 'each candidate in the items file needs the name of its model as "model"',
    });
  }
  return rankModels(found, { ...settings, alpha: 0.05 });
}
