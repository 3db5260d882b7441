import type { Item } from '../../domain/item.ts';
import {
  isContradictory,
  type ListwiseVote,
  type PairwiseVote,
  type PointwiseVote,
  type RaterKind,
  type Vote,
} from '../../domain/vote.ts';
import {
  type Cell,
  type CriterionSums,
  emptyCell,
  emptyScoreCell,
  type OrderSums,
  type ScoreCell,
} from './cell.ts';
import { signedRanks } from './listwise-pairs.ts';
import type { Warnings } from './warnings.ts';

/** A rater as the table knows it. */
export interface TableRater {
  readonly id: string;
  readonly kind: RaterKind;
  readonly model: string | null;
  /** Models that answered, by the votes' provenance, else the model asked. */
  readonly models: Set<string>;
  /** Human and gold raters are labels: the others are measured against them. */
  readonly isLabel: boolean;
  /** False for the raters of a labels file: their labels alone make no preference. */
  readonly hasVote: boolean;
}

/** What reconciliation keeps of an item: never its text. */
export interface ItemFacts {
  readonly category: string | null;
  readonly cluster: string | null;
  readonly candidates: readonly { id: string; model: string | null; characters: number | null }[];
}

/** A pair of candidates of one item; x sorts before y. */
export interface TablePair {
  readonly x: string;
  readonly y: string;
  readonly cells: Cell[];
}

export interface TableItem {
  readonly id: string;
  facts: ItemFacts | null;
  /** In the order of their ids. */
  pairs: readonly TablePair[];
  /** Most items have no scores or no vetoes: these maps are shared and empty until something is put in. */
  scores: ReadonlyMap<string, ScoreCell[]>;
  /** Candidate -> who vetoed it, and by what. */
  vetoed: ReadonlyMap<string, readonly Veto[]>;
}

export interface Veto {
  readonly by: TableRater;
  /** The rule, principle or criterion; null where the vote names none. */
  readonly criterion: string | null;
}

const none: ReadonlyMap<string, never> = new Map<string, never>();
export const noPairs: readonly TablePair[] = [];

/** Index of the pair, or where to insert it, in a sorted list, which takes a third of the memory of a map. */
function placeOf(pairs: readonly TablePair[], x: string, y: string): number {
  let [low, high] = [0, pairs.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const pair = pairs[middle]!;
    if (pair.x < x || (pair.x === x && pair.y < y)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Adds an entry: to the map itself, or to a new one in place of the shared empty map. */
function put<V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> {
  const own = map === none ? new Map<string, V>() : (map as Map<string, V>);
  return own.set(key, value);
}

/** Gives each text a small number, counting from 0 in order of first sight. */
class Interner {
  readonly #numbers = new Map<string, number>();

  intern(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(text, number);
    return number;
  }
}

/** Votes and labels, added one at a time and summed by pair and rater: memory grows with cells, not with votes. */
export class VoteTable {
  readonly raters: TableRater[] = [];
  readonly items: TableItem[] = [];
  voteCount = 0;
  labelCount = 0;
  readonly #raterIds = new Interner();
  readonly #itemIds = new Interner();
  readonly #warnings: Warnings;

  constructor(warnings: Warnings) {
    this.#warnings = warnings;
  }

  /**
   * Add items before votes, so that votes on unknown items and candidates are detected. An item added twice keeps its
   * facts and gains the candidates that it did not have.
   */
  addItem(item: Item): void {
    const facts = factsOf(item);
    const known = this.items[this.#itemIds.intern(item.id)];
    if (known === undefined) this.#push(item.id, facts);
    else known.facts = known.facts === null ? facts : withMore(known.facts, facts);
  }

  add(vote: Vote, fromLabels: boolean): void {
    if (fromLabels) this.labelCount += 1;
    else this.voteCount += 1;
    const rater = this.#rater(vote, fromLabels);
    const item = this.#item(vote.item);
    if (vote.kind === 'pairwise') this.#addPairwise(item, rater, vote);
    else if (vote.kind === 'pointwise') this.#addPointwise(item, rater, vote);
    else this.#addListwise(item, rater, vote);
  }

  cell(item: TableItem, x: string, y: string, rater: number): Cell {
    const at = placeOf(item.pairs, x, y);
    const known = item.pairs[at];
    if (known !== undefined && known.x === x && known.y === y) return cellOf(known.cells, rater, emptyCell);
    const cell = emptyCell(rater);
    // an empty list grows to a capacity of seventeen on its first push
    const pair = { x, y, cells: [cell] };
    if (item.pairs === noPairs) item.pairs = [pair];
    else (item.pairs as TablePair[]).splice(at, 0, pair);
    return cell;
  }

  #rater(vote: Vote, fromLabels: boolean): number {
    const index = this.#raterIds.intern(fromLabels ? `label\u0000${vote.rater}` : vote.rater);
    if (index === this.raters.length) {
      this.raters.push({
        id: vote.rater,
        kind: vote.rater_kind,
        model: vote.model ?? null,
        models: new Set(),
        // human and gold votes are labels in any file
        isLabel: fromLabels || vote.rater_kind === 'gold' || vote.rater_kind === 'human',
        hasVote: !fromLabels,
      });
    }
    const answered = vote.provenance?.model_answered ?? vote.model;
    if (answered) this.raters[index]!.models.add(answered);
    return index;
  }

  #item(id: string): TableItem {
    const index = this.#itemIds.intern(id);
    return this.items[index] ?? this.#push(id, null);
  }

  #push(id: string, facts: ItemFacts | null): TableItem {
    const item = { id, facts, pairs: noPairs, scores: none, vetoed: none };
    this.items.push(item);
    return item;
  }

  #knows(item: TableItem, candidate: string): boolean {
    if (item.facts === null || item.facts.candidates.some(({ id }) => id === candidate)) return true;
    this.#warnings.add('unknown_candidate', `${item.id}: ${candidate}`);
    return false;
  }

  #veto(item: TableItem, candidate: string, rater: number, criterion: string | null): void {
    const before = item.vetoed.get(candidate) ?? [];
    const by = this.raters[rater]!;
    if (before.some((veto) => veto.by === by && veto.criterion === criterion)) return;
    item.vetoed = put(item.vetoed, candidate, [...before, { by, criterion }]);
  }

  #addPairwise(item: TableItem, rater: number, vote: PairwiseVote): void {
    const [first, second] = vote.shown;
    if (!this.#knows(item, first) || !this.#knows(item, second)) return;
    const [x, y] = inOrder(first, second);
    const cell = this.cell(item, x, y, rater);
    if (vote.outcome === 'abstain' || isWeightless(vote)) cell.abstains += 1;
    else if (vote.outcome === 'error') cell.errors += 1;
    else if (isContradictory(vote)) {
      cell.abstains += 1;
      this.#warnings.add('contradictory_probability', `${vote.rater} on ${item.id}`);
    } else {
      const sign = vote.outcome === 'tie' ? 0 : vote.preferred === x ? 1 : -1;
      if (vote.veto === true && sign !== 0) {
        this.#veto(item, sign === 1 ? y : x, rater, vote.criterion ?? null);
      }
      const order = vote.orders !== undefined ? 'orderless' : first === x ? 'forward' : 'reverse';
      const question = questionOf(cell, vote.criterion);
      const sameQuestion: OrderSums = question ?? cell;
      const count = sameQuestion[`${order}Count`];
      if (count > 0 && vote.sample === undefined && sameQuestion[order] !== sign * count) {
        this.#warnings.add('contradictory_duplicate', `${vote.rater} on ${item.id}`);
      }
      for (const sums of question === null ? [cell] : ([cell, question] satisfies OrderSums[])) {
        sums[order] += sign;
        sums[`${order}Count`] += 1;
      }
      cell.intensity += sign === 0 ? 0 : intensityOf(vote);
      cell.missingWeight += 1 - (vote.weight ?? 1);
      if (sign === 0) cell.ties += 1;
    }
  }

  #addPointwise(item: TableItem, rater: number, vote: PointwiseVote): void {
    if (!this.#knows(item, vote.candidate)) return;
    if (vote.veto === true && !isWeightless(vote)) {
      this.#veto(item, vote.candidate, rater, vote.criterion ?? null);
    }
    let cells = item.scores.get(vote.candidate);
    if (cells === undefined) {
      cells = [];
      item.scores = put(item.scores, vote.candidate, cells);
    }
    const cell = cellOf(cells, rater, emptyScoreCell);
    if (isWeightless(vote)) cell.abstains += 1;
    else if (vote.outcome === 'verdict' && Number.isFinite(vote.score)) {
      const weight = vote.weight ?? 1;
      cell.sum += weight * vote.score!;
      cell.count += weight;
      cell.scores += 1;
      if (vote.scale !== undefined) [cell.scaleMin, cell.scaleMax] = vote.scale;
    } else if (vote.outcome === 'verdict') {
      this.#warnings.add('score_not_finite', `${vote.rater} on ${item.id}`);
      cell.abstains += 1;
    } else if (vote.outcome === 'error') cell.errors += 1;
    else cell.abstains += 1;
  }

  #addListwise(item: TableItem, rater: number, vote: ListwiseVote): void {
    if (vote.outcome === 'verdict' && !isWeightless(vote)) {
      for (const { x, y, sign } of signedRanks(vote.ranking ?? [])) {
        if (!this.#knows(item, x) || !this.#knows(item, y)) continue;
        const cell = this.cell(item, x, y, rater);
        cell.orderless += sign;
        cell.orderlessCount += 1;
        cell.intensity += Math.abs(sign);
        cell.missingWeight += 1 - (vote.weight ?? 1);
        if (sign === 0) cell.ties += 1;
      }
      return;
    }
    const shown = vote.shown ?? item.facts?.candidates.map(({ id }) => id) ?? [];
    const noOpinion = vote.outcome === 'error' ? 'errors' : 'abstains';
    for (const [index, one] of shown.entries()) {
      for (const other of shown.slice(index + 1))
        this.cell(item, ...inOrder(one, other), rater)[noOpinion] += 1;
    }
  }
}

function factsOf(item: Item): ItemFacts {
  return {
    category: item.category ?? null,
    cluster: item.cluster ?? null,
    candidates: item.candidates.map(({ id, model, text }) => ({
      id,
      model: model ?? null,
      characters: text === null ? null : text.length,
    })),
  };
}

function withMore(facts: ItemFacts, more: ItemFacts): ItemFacts {
  const known = new Set(facts.candidates.map(({ id }) => id));
  return {
    category: facts.category ?? more.category,
    cluster: facts.cluster ?? more.cluster,
    candidates: [...facts.candidates, ...more.candidates.filter(({ id }) => !known.has(id))],
  };
}

/** A vote of weight 0, for example of a quarantined author, counts as an abstention. */
function isWeightless(vote: Vote): boolean {
  return vote.weight === 0;
}

/** A pair has few raters: a scan is cheaper than a map for each pair. */
function cellOf<C extends { readonly rater: number }>(
  cells: C[],
  rater: number,
  create: (rater: number) => C,
): C {
  const known = cells.find((cell) => cell.rater === rater);
  if (known !== undefined) return known;
  const cell = create(rater);
  cells.push(cell);
  return cell;
}

/** The sums of one criterion of a cell; null for a vote without a criterion. */
function questionOf(cell: Cell, criterion: string | undefined): CriterionSums | null {
  if (criterion === undefined) return null;
  cell.criteria ??= [];
  const known = cell.criteria.find((sums) => sums.criterion === criterion);
  if (known !== undefined) return known;
  const sums = {
    ...{ criterion, forward: 0, forwardCount: 0, reverse: 0, reverseCount: 0 },
    ...{ orderless: 0, orderlessCount: 0 },
  };
  cell.criteria.push(sums);
  return sums;
}

/** Stated intensity of a verdict: its strength (1 better, 2 much better), or how far its probability is above 1/2. */
function intensityOf({ strength, probability }: PairwiseVote): number {
  if (strength !== undefined && strength > 0 && Number.isFinite(strength)) return Math.min(strength, 3);
  if (probability !== undefined && probability >= 0 && probability <= 1)
    return Math.max(0, 2 * probability - 1);
  return 1;
}

/** The smaller id is x, whatever order the pair was shown in. */
function inOrder(first: string, second: string): readonly [x: string, y: string] {
  return first < second ? [first, second] : [second, first];
}
