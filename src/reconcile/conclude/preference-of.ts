import type { Preference, SourceOpinion, VoteCounts } from '../../domain/preference.ts';
import type { RaterKind } from '../../domain/vote.ts';
import { cellStates, isIncluded, type PairTable } from '../tables/pair-table.ts';
import type { Veto } from '../tables/vote-table.ts';
import type { Merged } from './merge-humans.ts';

/** The preference line of one pair. */
export function preferenceOf(
  pairs: PairTable,
  pair: number,
  { posterior, conflict }: Merged,
  basis: Preference['basis'],
  rules: StatusRules,
): Preference {
  const { item, x, y } = pairs.heads[pair]!;
  const order = item.facts?.candidates.map(({ id }) => id) ?? [x, y];
  const shown = order.indexOf(y) < order.indexOf(x) ? ([y, x] as const) : ([x, y] as const);
  const forX = posterior === 0.5 ? shown[0] === x : posterior > 0.5;
  const probability = Math.round(Math.max(posterior, 1 - posterior) * 1e6) / 1e6;
  const votes = countVotes(pairs, pair, forX ? 1 : -1);
  const labels = pairs.heads[pair]!.labels.length;
  const recused: string[] = [];
  for (let k = pairs.start[pair]!; k < pairs.start[pair + 1]!; k += 1) {
    if (pairs.state[k] === cellStates.recused) recused.push(pairs.raters[pairs.rater[k]!]!.id);
  }
  const vetoes = [x, y].flatMap((id) => {
    const included = (item.vetoed.get(id) ?? []).filter(({ by }) => isIncluded(by, pairs.without));
    return included.length === 0 ? [] : [[id, namesOf(included)] as const];
  });
  return {
    item: item.id,
    pair: shown,
    chosen: forX ? x : y,
    rejected: forX ? y : x,
    probability,
    ...statusOf({ probability, votes, labels, recused, vetoes, conflict }, rules),
    basis,
    votes,
    sources: sourcesOf(pairs, pair, forX ? 1 : -1),
  };
}

/** Sorted, so that the order of the votes does not matter. */
function namesOf(vetoes: readonly Veto[]): string {
  const names = vetoes.map(({ by, criterion }) => (criterion === null ? by.id : `${by.id} (${criterion})`));
  return names.sort().join(', ');
}

function countVotes(pairs: PairTable, pair: number, side: 1 | -1): VoteCounts {
  const counts = { for_chosen: 0, for_rejected: 0, tie: 0, abstain: 0, error: 0, flipped: 0 };
  const count = (lean: number) => {
    if (lean === 0) counts.tie += 1;
    else if (lean * side > 0) counts.for_chosen += 1;
    else counts.for_rejected += 1;
  };
  for (let k = pairs.start[pair]!; k < pairs.start[pair + 1]!; k += 1) {
    const state = pairs.state[k]!;
    if (state === cellStates.verdict || state === cellStates.tie) count(pairs.lean[k]!);
    else if (state === cellStates.flip) counts.flipped += 1;
    else if (state === cellStates.error) counts.error += 1;
    else if (state === cellStates.noOpinion) counts.abstain += 1;
  }
  for (const { rater, lean } of pairs.heads[pair]!.labels) if (pairs.raters[rater]!.hasVote) count(lean);
  return counts;
}

/** Mean opinion of each kind of rater, mapped from [-1, 1] to [0, 1]. */
function sourcesOf(pairs: PairTable, pair: number, side: 1 | -1): Preference['sources'] {
  const sums = new Map<RaterKind, { sum: number; votes: number }>();
  const add = (rater: number, lean: number | null) => {
    const { kind } = pairs.raters[rater]!;
    const entry = sums.get(kind) ?? { sum: 0, votes: 0 };
    sums.set(kind, lean === null ? entry : { sum: entry.sum + lean * side, votes: entry.votes + 1 });
  };
  for (let k = pairs.start[pair]!; k < pairs.start[pair + 1]!; k += 1) {
    const state = pairs.state[k]!;
    if (state === cellStates.recused) continue;
    add(
      pairs.rater[k]!,
      state === cellStates.noOpinion || state === cellStates.error ? null : pairs.lean[k]!,
    );
  }
  for (const { rater, lean } of pairs.heads[pair]!.labels) add(rater, lean);
  const sources: Partial<Record<RaterKind, SourceOpinion>> = {};
  for (const kind of [...sums.keys()].sort()) {
    const { sum, votes } = sums.get(kind)!;
    sources[kind] = { probability: votes === 0 ? null : Math.round((1 + sum / votes) * 5e5) / 1e6, votes };
  }
  return sources;
}

interface StatusRules {
  /** A pair is accepted from this probability on; Infinity where no threshold meets the guarantee. */
  readonly accept: number;
  /** Minimum number of raters with a decisive vote; with fewer a pair goes to review, unless it has a label. */
  readonly quorum: number;
}

interface StatusCase {
  readonly probability: number;
  readonly votes: VoteCounts;
  /** Human and gold labels on the pair. */
  readonly labels: number;
  readonly recused: readonly string[];
  readonly vetoes: readonly (readonly [candidate: string, by: string])[];
  readonly conflict: boolean;
}

/** A veto comes first, then a conflict, then the quorum, then the threshold. */
function statusOf(given: StatusCase, rules: StatusRules): Pick<Preference, 'status' | 'reasons'> {
  const reasons: string[] = [];
  if (given.recused.length > 0) {
    reasons.push(`recused, same family as one author: ${given.recused.join(', ')}`);
  }
  if (given.vetoes.length > 0) {
    return {
      status: 'vetoed',
      reasons: [...given.vetoes.map(([id, by]) => `${id} vetoed by ${by}`), ...reasons],
    };
  }
  if (given.conflict) {
    return { status: 'conflict', reasons: ['people and machines are sure of opposite sides', ...reasons] };
  }
  const decisive = given.votes.for_chosen + given.votes.for_rejected;
  if (decisive < rules.quorum && given.labels === 0) {
    reasons.unshift(`${decisive} raters with a decisive vote, the quorum is ${rules.quorum}`);
    return { status: 'review', reasons };
  }
  if (given.probability >= rules.accept) return { status: 'accepted', reasons };
  reasons.unshift(
    Number.isFinite(rules.accept)
      ? `probability below ${Math.round(rules.accept * 1e4) / 1e4}`
      : 'the labels support no threshold with the target precision',
  );
  return { status: 'ambiguous', reasons };
}
