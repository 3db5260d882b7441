import type { Item } from '../domain/item.ts';
import type { ListwiseVote, PairwiseVote, PointwiseVote, RaterKind, Vote } from '../domain/vote.ts';
import { Interner } from './interner.ts';
import { signedRanks } from './listwise-pairs.ts';

/** A rater as the table knows it. A label is a rater too, marked as one. */
export interface TableRater {
  readonly id: string;
  readonly kind: RaterKind;
  readonly model: string | null;
  readonly isLabel: boolean;
}

/** What reconciliation remembers of an item: never its text. */
export interface ItemFacts {
  readonly category: string | null;
  readonly cluster: string | null;
  readonly candidates: readonly { id: string; model: string | null; characters: number | null }[];
}

/**
 * One rater's opinions of one pair, summed in the pair's own frame: +1 speaks for `x`, -1 for `y`.
 * `forward` was shown x first, `reverse` y first, `orderless` in an order that has no meaning.
 */
export interface Cell {
  readonly rater: number;
  forward: number;
  forwardCount: number;
  reverse: number;
  reverseCount: number;
  orderless: number;
  orderlessCount: number;
  /** Sum of verdict x strength (1 better, 2 much better), and of verdict x (2 probability - 1) where stated. */
  graded: number;
  confidence: number;
  confidenceCount: number;
  ties: number;
  abstains: number;
  errors: number;
  /** Mean score of x minus mean score of y, on the rater's own scale; null for other kinds of vote. */
  gap: number | null;
}

/** A pair of candidates of one item; x sorts before y. */
export interface Unit {
  readonly item: number;
  readonly x: string;
  readonly y: string;
  readonly cells: Cell[];
}

/** One rater's scores of one candidate. */
export interface ScoreCell {
  readonly rater: number;
  sum: number;
  count: number;
  abstains: number;
  errors: number;
}

export interface TableItem {
  readonly id: string;
  readonly facts: ItemFacts | null;
  readonly units: Map<string, Unit>;
  readonly scores: Map<string, ScoreCell[]>;
  readonly vetoed: Map<string, string>;
}

/** Votes and labels, streamed in one at a time and summed by item, pair and rater: memory grows with cells, not votes. */
export class VoteTable {
  readonly raters: TableRater[] = [];
  readonly items: TableItem[] = [];
  readonly warnings = new Map<string, number>();
  voteCount = 0;
  labelCount = 0;
  readonly #raterIds = new Interner();
  readonly #itemIds = new Interner();

  /** Items come before votes, so that votes on unknown items and candidates are noticed. */
  addItem(item: Item): void {
    const index = this.#itemIds.intern(item.id);
    if (index < this.items.length) return;
    this.items.push({
      id: item.id,
      facts: {
        category: item.category ?? null,
        cluster: item.cluster ?? null,
        candidates: item.candidates.map((candidate) => ({
          id: candidate.id,
          model: candidate.model ?? null,
          characters: candidate.text === null ? null : candidate.text.length,
        })),
      },
      units: new Map(),
      scores: new Map(),
      vetoed: new Map(),
    });
  }

  add(vote: Vote, isLabel: boolean): void {
    if (isLabel) this.labelCount += 1;
    else this.voteCount += 1;
    const rater = this.#rater(vote, isLabel || vote.rater_kind === 'gold');
    const item = this.#item(vote.item);
    if (vote.kind === 'pairwise') this.#addPairwise(item, rater, vote);
    else if (vote.kind === 'pointwise') this.#addPointwise(item, rater, vote);
    else this.#addListwise(item, rater, vote);
  }

  warn(name: string): void {
    this.warnings.set(name, (this.warnings.get(name) ?? 0) + 1);
  }

  cell(item: TableItem, first: string, second: string, rater: number): Cell {
    const [x, y] = cellOrder(first, second);
    const key = `${x}\u0000${y}`;
    let unit = item.units.get(key);
    if (unit === undefined) {
      unit = { item: this.#itemIds.intern(item.id), x, y, cells: [] };
      item.units.set(key, unit);
    }
    // raters of one pair are few: a scan is cheaper than a map per pair
    const known = unit.cells.find((cell) => cell.rater === rater);
    if (known !== undefined) return known;
    const cell: Cell = {
      rater,
      forward: 0,
      forwardCount: 0,
      reverse: 0,
      reverseCount: 0,
      orderless: 0,
      orderlessCount: 0,
      graded: 0,
      confidence: 0,
      confidenceCount: 0,
      ties: 0,
      abstains: 0,
      errors: 0,
      gap: null,
    };
    unit.cells.push(cell);
    return cell;
  }

  #rater(vote: Vote, isLabel: boolean): number {
    const index = this.#raterIds.intern(isLabel ? `label\u0000${vote.rater}` : vote.rater);
    if (index === this.raters.length) {
      this.raters.push({ id: vote.rater, kind: vote.rater_kind, model: vote.model ?? null, isLabel });
    }
    return index;
  }

  #item(id: string): TableItem {
    const index = this.#itemIds.intern(id);
    if (index === this.items.length) {
      this.items.push({ id, facts: null, units: new Map(), scores: new Map(), vetoed: new Map() });
    }
    return this.items[index]!;
  }

  #known(item: TableItem, candidate: string): boolean {
    if (item.facts === null || item.facts.candidates.some(({ id }) => id === candidate)) return true;
    this.warn('unknown_candidate');
    return false;
  }

  #addPairwise(item: TableItem, rater: number, vote: PairwiseVote): void {
    const [first, second] = vote.shown;
    if (!this.#known(item, first) || !this.#known(item, second)) return;
    const cell = this.cell(item, first, second, rater);
    if (vote.outcome === 'abstain') cell.abstains += 1;
    else if (vote.outcome === 'error') cell.errors += 1;
    else {
      const x = cellOrder(first, second)[0];
      const sign = vote.outcome === 'tie' ? 0 : vote.preferred === x ? 1 : -1;
      if (sign === 0) cell.ties += 1;
      if (vote.veto === true && sign !== 0)
        item.vetoed.set(vote.preferred === first ? second : first, vote.rater);
      this.#opine(
        cell,
        sign,
        vote.orders === undefined ? (first === x ? 'forward' : 'reverse') : 'orderless',
        vote,
      );
    }
  }

  #opine(cell: Cell, sign: number, order: 'forward' | 'reverse' | 'orderless', vote: PairwiseVote): void {
    const count = cell[`${order}Count`];
    if (count > 0 && vote.sample === undefined && cell[order] !== sign * count)
      this.warn('contradictory_duplicate');
    cell[order] += sign;
    cell[`${order}Count`] = count + 1;
    const strength = vote.strength ?? 1;
    cell.graded += sign * (strength > 0 && Number.isFinite(strength) ? strength : 1);
    if (vote.probability !== undefined && vote.probability >= 0 && vote.probability <= 1) {
      cell.confidence += vote.probability;
      cell.confidenceCount += 1;
    }
  }

  #addPointwise(item: TableItem, rater: number, vote: PointwiseVote): void {
    if (!this.#known(item, vote.candidate)) return;
    const usable = vote.outcome === 'verdict' && Number.isFinite(vote.score);
    if (vote.outcome === 'verdict' && !usable) this.warn('score_not_finite');
    if (vote.veto === true) item.vetoed.set(vote.candidate, vote.rater);
    let cells = item.scores.get(vote.candidate);
    if (cells === undefined) {
      cells = [];
      item.scores.set(vote.candidate, cells);
    }
    let cell = cells.find((known) => known.rater === rater);
    if (cell === undefined) {
      cell = { rater, sum: 0, count: 0, abstains: 0, errors: 0 };
      cells.push(cell);
    }
    if (usable) {
      cell.sum += vote.score!;
      cell.count += 1;
    } else if (vote.outcome === 'error') cell.errors += 1;
    else cell.abstains += 1;
  }

  #addListwise(item: TableItem, rater: number, vote: ListwiseVote): void {
    if (vote.outcome !== 'verdict') {
      const shown = (vote.shown ?? item.facts?.candidates.map(({ id }) => id) ?? []).filter((id) =>
        this.#known(item, id),
      );
      for (const [index, x] of shown.entries()) {
        for (const y of shown.slice(index + 1)) {
          this.cell(item, x, y, rater)[vote.outcome === 'error' ? 'errors' : 'abstains'] += 1;
        }
      }
      return;
    }
    for (const { x, y, sign } of signedRanks(vote.ranking ?? [])) {
      if (!this.#known(item, x) || !this.#known(item, y)) continue;
      const cell = this.cell(item, x, y, rater);
      cell.orderless += sign;
      cell.orderlessCount += 1;
      cell.graded += sign;
      if (sign === 0) cell.ties += 1;
    }
  }
}

/** Every pair is looked at with the smaller id as x, whatever order it was shown in. */
function cellOrder(first: string, second: string): readonly [x: string, y: string] {
  return first < second ? [first, second] : [second, first];
}
