import { familyOf } from '../../domain/family.ts';
import type { RaterKind } from '../../domain/vote.ts';
import { type Cell, readCell, weightOfCell, weightOfScores } from './cell.ts';
import type { TableItem, TablePair, TableRater, VoteTable } from './vote-table.ts';
import type { Warnings } from './warnings.ts';

/** Treatment of a judge where exactly one of the two authors is of its own model family. */
export const sameFamilyPolicies = ['recuse', 'downweight', 'keep'] as const;
export type SameFamilyPolicy = (typeof sameFamilyPolicies)[number];

/** Outcome of one cell; kept for the counts of the preference line. */
export const cellStates = { noOpinion: 0, error: 1, tie: 2, flip: 3, verdict: 4, recused: 5 } as const;

export interface PairLabel {
  readonly rater: number;
  /** In [-1, 1], +1 for x. */
  readonly lean: number;
  /** Weight of the label, in (0, 1]. */
  readonly weight: number;
}

export interface PairHead {
  readonly item: TableItem;
  readonly x: string;
  readonly y: string;
  readonly labels: readonly PairLabel[];
}

/** All pairs with their opinions, flat: opinion k of pair i lies at start[i] <= k < start[i + 1]. */
export interface PairTable {
  /** The kind of rater that is left out; null where all are used. */
  readonly without: RaterKind | null;
  /** Sorted by id; `rater` below is an index into this list. */
  readonly raters: readonly TableRater[];
  readonly heads: readonly PairHead[];
  readonly start: Int32Array;
  readonly rater: Int32Array;
  /** In [-1, 1]: which side, order-averaged; 0 where there is no opinion. */
  readonly lean: Float32Array;
  /** The lean scaled by its intensity: score gap relative to the rater's usual gap, stated strength, a missing order. */
  readonly value: Float32Array;
  readonly state: Uint8Array;
  /** Questions decided in both orders (one for each criterion), and how many of them did not flip with the order. */
  readonly twoOrders: Uint8Array;
  readonly stable: Uint8Array;
}

/** Shared by the pairs without labels, which are most. */
const noLabels: readonly PairLabel[] = [];

/** A verdict in one order only counts for less than one that the other order confirmed. */
const oneSidedFactor = 0.85;

/** Whether a rater is used when a kind is left out. Labels are not votes: they are kept. */
export function isIncluded(rater: Pick<TableRater, 'kind' | 'hasVote'>, without: RaterKind | null): boolean {
  return rater.kind !== without || !rater.hasVote;
}

/**
 * Pairs with a vote, in the order given, raters inside a pair in order of their number.
 * @param items whose gaps are derived (`deriveGaps`).
 */
export function buildPairTable(
  table: VoteTable,
  items: readonly TableItem[],
  { policy, without = null }: { readonly policy: SameFamilyPolicy; readonly without?: RaterKind | null },
  warnings: Warnings,
): PairTable {
  const usual = usualIntensities(table, items);
  const byName = [...table.raters.keys()]
    .filter((index) => isIncluded(table.raters[index]!, without))
    .sort((one, other) => compareRaters(table.raters[one]!, table.raters[other]!));
  const rank = new Int32Array(table.raters.length);
  for (const [place, index] of byName.entries()) rank[index] = place;
  const heads: PairHead[] = [];
  const starts: number[] = [0];
  const total = countCells(items);
  const rater = new Int32Array(total);
  const lean = new Float32Array(total);
  const value = new Float32Array(total);
  const state = new Uint8Array(total);
  const twoOrders = new Uint8Array(total);
  const stable = new Uint8Array(total);
  let at = 0;
  for (const item of items) {
    for (const pair of item.pairs) {
      let labels: PairLabel[] | null = null;
      const from = at;
      let hasVote = false;
      for (const cell of pair.cells.sort((one, other) => rank[one.rater]! - rank[other.rater]!)) {
        const info = table.raters[cell.rater]!;
        if (!isIncluded(info, without)) continue;
        const reading = readCell(cell);
        if (info.hasVote) hasVote = true;
        if (info.isLabel) {
          if (reading.lean !== null) {
            labels ??= [];
            labels.push({ rater: rank[cell.rater]!, lean: reading.lean, weight: weightOfCell(cell) });
          }
          continue;
        }
        const own = policy !== 'keep' && sharesOneFamily(info.model, item, pair);
        rater[at] = rank[cell.rater]!;
        state[at] = own && policy === 'recuse' ? cellStates.recused : stateOf(cell, reading.lean);
        if (reading.lean !== null && state[at] !== cellStates.recused) {
          const weight = (own ? 0.5 : 1) * weightOfCell(cell);
          lean[at] = reading.lean * weight;
          value[at] = signedValue(cell, reading.lean, reading.oneSided, usual) * weight;
          twoOrders[at] = reading.twoOrders;
          stable[at] = reading.stable;
        }
        at += 1;
      }
      if (hasVote) {
        heads.push({ item, x: pair.x, y: pair.y, labels: labels ?? noLabels });
        starts.push(at);
      } else {
        at = from;
        warnings.add('label_without_votes', item.id);
      }
    }
  }
  return {
    without,
    raters: byName.map((index) => table.raters[index]!),
    heads,
    start: Int32Array.from(starts),
    rater: rater.subarray(0, at),
    lean: lean.subarray(0, at),
    value: value.subarray(0, at),
    state: state.subarray(0, at),
    twoOrders: twoOrders.subarray(0, at),
    stable: stable.subarray(0, at),
  };
}

function compareRaters(one: TableRater, other: TableRater): number {
  if (one.id !== other.id) return one.id < other.id ? -1 : 1;
  return Number(one.hasVote) - Number(other.hasVote);
}

function countCells(items: readonly TableItem[]): number {
  let total = 0;
  for (const { pairs } of items) for (const { cells } of pairs) total += cells.length;
  return total;
}

/** Turns the scores that one rater gave two candidates into an opinion on their pair. Call once per item. */
export function deriveGaps(table: VoteTable, item: TableItem): void {
  const candidates = [...item.scores.keys()].sort();
  for (const [index, x] of candidates.entries()) {
    for (const y of candidates.slice(index + 1)) {
      const scoresOfY = new Map(item.scores.get(y)!.map((cell) => [cell.rater, cell]));
      for (const ofX of item.scores.get(x)!) {
        const ofY = scoresOfY.get(ofX.rater);
        if (ofY === undefined) continue;
        const cell = table.cell(item, x, y, ofX.rater);
        cell.abstains += Math.max(ofX.abstains, ofY.abstains);
        cell.errors += Math.max(ofX.errors, ofY.errors);
        if (ofX.count === 0 || ofY.count === 0) continue;
        cell.gap = ofX.sum / ofX.count - ofY.sum / ofY.count;
        cell.missingWeight += 1 - Math.min(weightOfScores(ofX), weightOfScores(ofY));
      }
    }
  }
}

interface UsualIntensity {
  /** Root mean square of a rater's score gaps. */
  readonly gap: Float64Array;
  /** Mean stated intensity of a rater's verdicts. */
  readonly intensity: Float64Array;
}

function usualIntensities(table: VoteTable, items: readonly TableItem[]): UsualIntensity {
  const gap = new Float64Array(table.raters.length);
  const gaps = new Float64Array(table.raters.length);
  const intensity = new Float64Array(table.raters.length);
  const verdicts = new Float64Array(table.raters.length);
  for (const { pairs } of items) {
    for (const { cells } of pairs) {
      for (const cell of cells) {
        if (!Number.isNaN(cell.gap)) {
          gap[cell.rater]! += cell.gap ** 2;
          gaps[cell.rater]! += 1;
        }
        intensity[cell.rater]! += cell.intensity;
        verdicts[cell.rater]! += decided(cell);
      }
    }
  }
  return {
    gap: gap.map((sum, rater) => Math.sqrt(sum / Math.max(1, gaps[rater]!))),
    intensity: intensity.map((sum, rater) => (sum > 0 ? sum / verdicts[rater]! : 1)),
  };
}

function decided(cell: Cell): number {
  return cell.forwardCount + cell.reverseCount + cell.orderlessCount - cell.ties;
}

function signedValue(cell: Cell, lean: number, oneSided: boolean, usual: UsualIntensity): number {
  if (!Number.isNaN(cell.gap)) {
    const scale = usual.gap[cell.rater]!;
    return scale === 0 ? 0 : Math.tanh(cell.gap / scale);
  }
  const verdicts = decided(cell);
  const stated = verdicts === 0 ? 1 : cell.intensity / verdicts / usual.intensity[cell.rater]!;
  return lean * Math.min(1.5, Math.sqrt(stated)) * (oneSided ? oneSidedFactor : 1);
}

function stateOf(cell: Cell, lean: number | null): number {
  if (lean === null) return cell.errors > 0 ? cellStates.error : cellStates.noOpinion;
  if (lean !== 0) return cellStates.verdict;
  return cell.forward * cell.reverse < 0 ? cellStates.flip : cellStates.tie;
}

/** Whether exactly one of the two responses was written by a model of the judge's own family. */
function sharesOneFamily(model: string | null, item: TableItem, pair: TablePair): boolean {
  if (item.facts === null || item.facts.candidates.every((candidate) => candidate.model === null))
    return false;
  const family = familyOf(model);
  if (family === null) return false;
  const wrote = (id: string) =>
    familyOf(item.facts?.candidates.find((candidate) => candidate.id === id)?.model) === family;
  return wrote(pair.x) !== wrote(pair.y);
}
