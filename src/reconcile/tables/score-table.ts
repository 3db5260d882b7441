import { type ScoreCell, weightOfScores } from './cell.ts';
import { cellStates, type PairLabel, type PairTable } from './pair-table.ts';
import type { TableItem, TableRater, VoteTable } from './vote-table.ts';

/**
 * Candidates with a score of their own (the only scored candidate of the item, or one with a scored label), as a table of
 * opinions whose `y` is empty: +1 is "good". A score is normalised by its scale where both ends are known, else by the
 * rater's own distribution of scores.
 */
export function buildScoreTable(table: VoteTable, items: readonly TableItem[]): PairTable {
  const raters = [...table.raters.keys()].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
  const rank = new Int32Array(raters.length);
  for (const [place, index] of raters.entries()) rank[index] = place;
  const scales = table.raters.map((_, rater) => new ScoreScale(rater));
  const units: { item: TableItem; candidate: string; cells: ScoreCell[] }[] = [];
  for (const item of items) {
    for (const [candidate, cells] of [...item.scores].sort()) {
      for (const cell of cells) scales[cell.rater]!.add(cell);
      if (!cells.some(({ rater }) => hasVote(rater))) continue;
      if (item.scores.size === 1 || cells.some(({ rater }) => table.raters[rater]!.isLabel)) {
        units.push({ item, candidate, cells });
      }
    }
  }
  const heads: { item: TableItem; x: string; y: string; labels: PairLabel[] }[] = [];
  const start = [0];
  const rater: number[] = [];
  const value: number[] = [];
  const state: number[] = [];
  for (const { item, candidate, cells } of units) {
    const labels: PairLabel[] = [];
    for (const cell of cells.sort((one, other) => rank[one.rater]! - rank[other.rater]!)) {
      const lean = cell.count === 0 ? null : scales[cell.rater]!.normalise(cell);
      if (table.raters[cell.rater]!.isLabel) {
        if (lean !== null) labels.push({ rater: rank[cell.rater]!, lean, weight: weightOfScores(cell) });
        continue;
      }
      rater.push(rank[cell.rater]!);
      value.push((lean ?? 0) * weightOfScores(cell));
      state.push(stateOf(cell, lean));
    }
    heads.push({ item, x: candidate, y: '', labels });
    start.push(rater.length);
  }
  const values = Float32Array.from(value);
  return {
    without: null,
    raters: raters.map((index): TableRater => table.raters[index]!),
    heads,
    start: Int32Array.from(start),
    rater: Int32Array.from(rater),
    lean: values,
    value: values,
    state: Uint8Array.from(state),
    twoOrders: new Uint8Array(values.length),
    stable: new Uint8Array(values.length),
  };

  function nameOf(index: number): string {
    return `${table.raters[index]!.id}\u0000${table.raters[index]!.hasVote}`;
  }
  function hasVote(index: number): boolean {
    return table.raters[index]!.hasVote;
  }
}

function stateOf(cell: ScoreCell, lean: number | null): number {
  if (lean === null) return cell.errors > 0 ? cellStates.error : cellStates.noOpinion;
  return lean === 0 ? cellStates.tie : cellStates.verdict;
}

/** The range and spread of one rater's scores. */
class ScoreScale {
  readonly rater: number;
  #low = Number.POSITIVE_INFINITY;
  #high = Number.NEGATIVE_INFINITY;
  #sum = 0;
  #squares = 0;
  #count = 0;

  constructor(rater: number) {
    this.rater = rater;
  }

  add({ sum, count, scaleMin, scaleMax }: ScoreCell): void {
    if (count === 0) return;
    this.#low = Math.min(this.#low, scaleMin);
    this.#high = Math.max(this.#high, scaleMax);
    this.#sum += sum / count;
    this.#squares += (sum / count) ** 2;
    this.#count += 1;
  }

  /** The mean score of a cell, in [-1, 1]. */
  normalise({ sum, count }: ScoreCell): number {
    const score = sum / count;
    if (Number.isFinite(this.#low) && Number.isFinite(this.#high) && this.#high > this.#low) {
      return Math.max(-1, Math.min(1, (2 * (score - this.#low)) / (this.#high - this.#low) - 1));
    }
    const mean = this.#sum / this.#count;
    const deviation = Math.sqrt(Math.max(0, this.#squares / this.#count - mean ** 2));
    return deviation < 1e-12 ? 0 : Math.tanh((score - mean) / deviation);
  }
}
