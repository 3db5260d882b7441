import type { Preference, PreferenceStatus, SourceOpinion, VoteCounts } from '../domain/preference.ts';
import type { RaterKind } from '../domain/vote.ts';
import type { Opinion, PairOpinions } from './opinions.ts';
import type { VoteTable } from './vote-table.ts';

export interface StatusRules {
  /** A pair is accepted from this probability on. */
  readonly accept: number;
  /** Raters with a decisive vote below which a pair goes to review. */
  readonly quorum: number;
}

/** The preference line of one pair. @param belief P(x better), in [0, 1]. */
export function preferenceOf(
  table: VoteTable,
  pair: PairOpinions,
  belief: number,
  basis: Preference['basis'],
  rules: StatusRules,
): Preference {
  const { item, unit } = pair;
  const order = item.facts?.candidates.map(({ id }) => id) ?? [];
  const flipPair = order.indexOf(unit.y) !== -1 && order.indexOf(unit.y) < order.indexOf(unit.x);
  const shown = flipPair ? ([unit.y, unit.x] as const) : ([unit.x, unit.y] as const);
  const forX = belief === 0.5 ? shown[0] === unit.x : belief > 0.5;
  const probability = Math.max(belief, 1 - belief);
  const votes = countVotes(pair, forX ? 1 : -1);
  const { status, reasons } = statusOf(table, pair, probability, votes, rules);
  return {
    item: item.id,
    pair: shown,
    chosen: forX ? unit.x : unit.y,
    rejected: forX ? unit.y : unit.x,
    probability: Math.round(probability * 1e6) / 1e6,
    status,
    basis,
    reasons,
    votes,
    sources: sourcesOf(table, pair, forX ? 1 : -1),
  };
}

function countVotes({ opinions }: PairOpinions, side: 1 | -1): VoteCounts {
  const counts = { for_chosen: 0, for_rejected: 0, tie: 0, abstain: 0, error: 0, flipped: 0 };
  for (const { value, flipped, cell } of opinions) {
    if (flipped) counts.flipped += 1;
    else if (value * side > 0) counts.for_chosen += 1;
    else if (value * side < 0) counts.for_rejected += 1;
    else if (cell.ties > 0) counts.tie += 1;
    else if (cell.errors > 0) counts.error += 1;
    else counts.abstain += 1;
  }
  return counts;
}

function statusOf(
  table: VoteTable,
  pair: PairOpinions,
  probability: number,
  votes: VoteCounts,
  rules: StatusRules,
): { status: PreferenceStatus; reasons: string[] } {
  const reasons: string[] = [];
  const vetoes = [pair.unit.x, pair.unit.y].flatMap((id) => {
    const by = pair.item.vetoed.get(id);
    return by === undefined ? [] : [`${id} vetoed by ${by}`];
  });
  if (pair.recused.length > 0) {
    const names = pair.recused.map((rater) => table.raters[rater]!.id).sort();
    reasons.push(`recused, same family as one author: ${names.join(', ')}`);
  }
  if (vetoes.length > 0) return { status: 'vetoed', reasons: [...vetoes, ...reasons] };
  const decisive = votes.for_chosen + votes.for_rejected;
  if (decisive < rules.quorum) {
    return {
      status: 'review',
      reasons: [`${decisive} decisive raters, quorum is ${rules.quorum}`, ...reasons],
    };
  }
  if (probability >= rules.accept) return { status: 'accepted', reasons };
  return { status: 'ambiguous', reasons: [`probability below ${rules.accept}`, ...reasons] };
}

/** Each kind's own lean: the mean opinion of its raters, moved from [-1, 1] to [0, 1]. */
function sourcesOf(
  table: VoteTable,
  pair: PairOpinions,
  side: 1 | -1,
): Partial<Record<RaterKind, SourceOpinion>> {
  const sums = new Map<RaterKind, { sum: number; votes: number }>();
  for (const opinion of [...pair.opinions, ...pair.labels]) {
    const { kind } = table.raters[opinion.rater]!;
    const entry = sums.get(kind) ?? { sum: 0, votes: 0 };
    if (opinionated(opinion)) {
      entry.sum += opinion.value * side;
      entry.votes += 1;
    }
    sums.set(kind, entry);
  }
  const sources: Partial<Record<RaterKind, SourceOpinion>> = {};
  for (const [kind, { sum, votes }] of [...sums].sort()) {
    sources[kind] = { probability: votes === 0 ? null : Math.round((1 + sum / votes) * 5e5) / 1e6, votes };
  }
  return sources;
}

function opinionated({ cell }: Opinion): boolean {
  return cell.forwardCount + cell.reverseCount + cell.orderlessCount > 0 || cell.gap !== null;
}
