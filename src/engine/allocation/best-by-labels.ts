import type { Vote } from '../../domain/vote.ts';

/** The best candidates of each item according to the labels; several where the labels tie them. */
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

  /** The labelled items, sorted. */
  items(): string[] {
    return [...this.#points.keys()].sort();
  }

  /** Empty where the item has no label. */
  best(item: string): string[] {
    const points = [...(this.#points.get(item) ?? [])];
    const most = Math.max(...points.map(([, amount]) => amount));
    return points.filter(([, amount]) => amount === most).map(([candidate]) => candidate);
  }
}
