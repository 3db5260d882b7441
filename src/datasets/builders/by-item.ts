import { candidateOf, type Item } from '../../domain/item.ts';
import type { Preference } from '../../domain/preference.ts';
import type { Example, ExampleMeta, RankedAnswer, Refusal } from '../example.ts';
import type { ItemsById } from '../items-by-id.ts';
import { sourceOf } from './source-of.ts';
import { promptOf, unusablePrompt, unusableResponse } from './usable-text.ts';

/** Results of one candidate in an item's accepted preferences. */
interface Standing {
  readonly id: string;
  readonly wins: number;
  readonly losses: number;
  /** Mean probability of being the better one, over its pairs. */
  readonly score: number;
}

export type ItemKind = 'kto' | 'sft' | 'negative' | 'ranking';

/**
 * Rows that are about single responses, from all accepted preferences of an item together:
 * - `kto`: a candidate that wins all its pairs is desirable, one that loses all is undesirable;
 * - `sft`: the one candidate that wins all its pairs (best of n); `negative`: those that lose all;
 * - `ranking`: all candidates by mean probability of being better.
 */
export async function* itemExamples(
  preferences: AsyncIterable<Preference> | Iterable<Preference>,
  items: ItemsById,
  kind: ItemKind,
): AsyncGenerator<Example | Refusal> {
  for await (const group of groupedByItem(preferences)) {
    const id = group[0]!.item;
    const all = [...new Set(group.flatMap((preference) => preference.pair))];
    const refuse = (reason: string, candidates: readonly string[] = all): Refusal => ({
      kind: 'refusal',
      item: id,
      candidates,
      reason,
    });
    const accepted = group.filter((preference) => preference.status === 'accepted');
    const item = await items.get(id);
    if (accepted.length === 0) yield refuse('nothing_accepted');
    else if (item === undefined) yield refuse('item_missing');
    else {
      const reason = unusablePrompt(item);
      if (reason === null) yield* rowsOf(item, accepted, kind, refuse);
      else yield refuse(reason);
    }
  }
}

function* rowsOf(
  item: Item,
  accepted: readonly Preference[],
  kind: ItemKind,
  refuse: (reason: string, candidates?: readonly string[]) => Refusal,
): Generator<Example | Refusal> {
  const standings = standingsOf(accepted);
  if (kind === 'ranking') {
    yield rankingOf(item, accepted, standings) ?? refuse('response_text_missing');
    return;
  }
  const winner = standings.filter((standing) => standing.losses === 0);
  if (kind === 'sft' && winner.length > 1) {
    yield refuse('no_single_best');
    return;
  }
  for (const standing of standings) {
    const label = standing.losses === 0;
    if (kind === 'sft' && !label) continue;
    if (kind === 'negative' && standing.wins > 0) continue;
    const candidate = candidateOf(item, standing.id);
    const reason =
      standing.wins > 0 && standing.losses > 0 ? 'wins_and_loses' : unusableResponse(candidate?.text);
    if (reason !== null) {
      yield refuse(reason, [standing.id]);
      continue;
    }
    const sure = label ? standing.score : 1 - standing.score;
    const meta = metaOf(item, accepted, [standing.id], sure, `${item.id}:${standing.id}`);
    yield { kind: 'completion', prompt: promptOf(item), completion: candidate!.text!, label, meta };
  }
}

function rankingOf(
  item: Item,
  accepted: readonly Preference[],
  standings: readonly Standing[],
): Example | null {
  const answers: RankedAnswer[] = [];
  let rank = 0;
  for (const [place, standing] of standings.entries()) {
    const candidate = candidateOf(item, standing.id);
    if (unusableResponse(candidate?.text) !== null) return null;
    if (place === 0 || standing.score !== standings[place - 1]!.score) rank = place + 1;
    answers.push({ text: candidate!.text!, rank, score: standing.score, model: candidate!.model ?? null });
  }
  const ids = standings.map((standing) => standing.id);
  const meta = metaOf(item, accepted, ids, meanProbability(accepted), `${item.id}:ranking`);
  return { kind: 'ranking', prompt: promptOf(item), answers, meta };
}

/** Candidates best first; equal scores in the order of their ids. */
function standingsOf(accepted: readonly Preference[]): readonly Standing[] {
  const tally = new Map<string, { wins: number; losses: number; sum: number }>();
  const add = (id: string, won: boolean, probability: number): void => {
    const entry = tally.get(id) ?? { wins: 0, losses: 0, sum: 0 };
    if (won) entry.wins += 1;
    else entry.losses += 1;
    entry.sum += probability;
    tally.set(id, entry);
  };
  for (const preference of accepted) {
    add(preference.chosen, true, preference.probability);
    add(preference.rejected, false, 1 - preference.probability);
  }
  return [...tally]
    .map(([id, { wins, losses, sum }]) => ({ id, wins, losses, score: sum / (wins + losses) }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

function metaOf(
  item: Item,
  accepted: readonly Preference[],
  candidates: readonly string[],
  probability: number,
  id: string,
): ExampleMeta {
  const sources = new Set(accepted.map(sourceOf));
  return {
    id,
    item: item.id,
    category: item.category ?? null,
    cluster: item.cluster ?? null,
    source: sources.size === 1 ? [...sources][0]! : 'mixed',
    probability,
    basis: accepted.every((preference) => preference.basis === 'calibrated') ? 'calibrated' : 'uncalibrated',
    candidates,
    models: candidates.map((candidate) => candidateOf(item, candidate)?.model ?? null),
  };
}

function meanProbability(preferences: readonly Preference[]): number {
  return preferences.reduce((sum, preference) => sum + preference.probability, 0) / preferences.length;
}

/** Preferences of one item are adjacent in a preferences file. */
async function* groupedByItem(
  preferences: AsyncIterable<Preference> | Iterable<Preference>,
): AsyncGenerator<readonly Preference[]> {
  let group: Preference[] = [];
  for await (const preference of preferences) {
    if (group.length > 0 && group[0]!.item !== preference.item) {
      yield group;
      group = [];
    }
    group.push(preference);
  }
  if (group.length > 0) yield group;
}
