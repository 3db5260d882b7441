import type { Vote } from '../../domain/vote.ts';
import type { SimulatedItem } from './simulate.ts';

/** Which candidates of each item the labels call best; several where the labels leave them level. */
export class BestByLabels {
  readonly #points = new Map<string, Map<string, number>>();

  add(vote: Vote): void {
    if (vote.outcome !== 'verdict' && vote.outcome !== 'tie') return;
    const points = this.#points.get(vote.item) ?? new Map<string, number>();
    this.#points.set(vote.item, points);
    const give = (candidate: string, amount: number) =>
      points.set(candidate, (points.get(candidate) ?? 0) + amount);
    if (vote.kind === 'pairwise') {
      for (const candidate of vote.shown) {
        give(candidate, vote.preferred === undefined ? 0 : vote.preferred === candidate ? 1 : -1);
      }
    } else if (vote.kind === 'pointwise') give(vote.candidate, vote.score ?? 0);
    else {
      for (const [rank, group] of (vote.ranking ?? []).entries()) for (const id of group) give(id, -rank);
    }
  }

  /** Empty where the item has no label. */
  best(item: string): string[] {
    const points = [...(this.#points.get(item) ?? [])];
    const most = Math.max(...points.map(([, amount]) => amount));
    return points.filter(([, amount]) => amount === most).map(([candidate]) => candidate);
  }
}

/** What a simulated plan comes to. */
export interface SimulationScore {
  readonly items: number;
  readonly calls: number;
  /** null where a price is unknown. */
  readonly usd: number | null;
  readonly usd_per_item: number | null;
  readonly calls_per_item: number;
  /** Items with a label; the accuracy rests on these. */
  readonly labelled: number;
  /** Share of labelled items whose best candidate was found, in [0, 1]; ties split. Null without labels. */
  readonly accuracy: number | null;
  /** Standard error of the accuracy over items. */
  readonly accuracy_se: number | null;
  /** Mean of the probability that was claimed. */
  readonly claimed: number;
}

export function scoreSimulation(
  outcomes: readonly SimulatedItem[],
  labels: BestByLabels | null,
): SimulationScore {
  let calls = 0;
  let usd: number | null = 0;
  let claimed = 0;
  const credits: number[] = [];
  for (const outcome of outcomes) {
    calls += outcome.calls;
    usd = usd === null || outcome.usd === null ? null : usd + outcome.usd;
    claimed += outcome.probability;
    const right = labels?.best(outcome.item) ?? [];
    if (right.length > 0) credits.push(creditOf(outcome.best, right));
  }
  const n = credits.length;
  const accuracy = n === 0 ? null : credits.reduce((sum, credit) => sum + credit, 0) / n;
  const items = outcomes.length;
  return {
    items,
    calls,
    usd,
    usd_per_item: usd === null || items === 0 ? null : usd / items,
    calls_per_item: items === 0 ? 0 : calls / items,
    labelled: n,
    accuracy,
    accuracy_se: accuracy === null ? null : Math.sqrt(variance(credits, accuracy) / n),
    claimed: items === 0 ? 0 : claimed / items,
  };
}

/** A named candidate counts as one of the right ones by its share: naming two of which one is right is worth a half. */
export function creditOf(named: readonly string[], right: readonly string[]): number {
  if (named.length === 0) return 0;
  return named.filter((candidate) => right.includes(candidate)).length / named.length;
}

function variance(values: readonly number[], mean: number): number {
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}
