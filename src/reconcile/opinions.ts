import { familyOf } from '../domain/family.ts';
import type { Cell, TableItem, Unit, VoteTable } from './vote-table.ts';

export type SameFamilyPolicy = 'recuse' | 'downweight' | 'keep';

/** One rater's opinion on a pair after both orders are put together. */
export interface Opinion {
  readonly rater: number;
  /** In [-1, 1]; +1 is all for x. A flip comes out as 0: no vote for either side. */
  readonly value: number;
  /** True where two orders were asked and the verdict changed with the order. */
  readonly flipped: boolean;
  /** True where two orders were asked and the verdict stayed. */
  readonly stable: boolean;
  /** In [0, 1]; less than 1 where the rater is of the same family as one author. */
  readonly weight: number;
  readonly cell: Cell;
}

export interface PairOpinions {
  readonly item: TableItem;
  readonly unit: Unit;
  /** Opinions of raters that may be heard. */
  readonly opinions: readonly Opinion[];
  readonly labels: readonly Opinion[];
  /** Raters left out because they share a family with exactly one of the two authors. */
  readonly recused: readonly number[];
}

/** Score gaps become opinions of pairs. Call once, after the last vote. */
export function deriveScoreGaps(table: VoteTable): void {
  for (const item of table.items) {
    const candidates = [...item.scores.keys()].sort();
    for (const [index, x] of candidates.entries()) {
      for (const y of candidates.slice(index + 1)) {
        for (const ofX of item.scores.get(x)!) {
          const ofY = item.scores.get(y)!.find((cell) => cell.rater === ofX.rater);
          if (ofY === undefined) continue;
          const cell = table.cell(item, x, y, ofX.rater);
          cell.abstains += Math.max(ofX.abstains, ofY.abstains);
          cell.errors += Math.max(ofX.errors, ofY.errors);
          if (ofX.count === 0 || ofY.count === 0) continue;
          cell.gap = ofX.sum / ofX.count - ofY.sum / ofY.count;
          if (cell.gap === 0) cell.ties += 1;
        }
      }
    }
  }
}

export function pairOpinions(
  table: VoteTable,
  item: TableItem,
  unit: Unit,
  policy: SameFamilyPolicy,
): PairOpinions {
  const opinions: Opinion[] = [];
  const labels: Opinion[] = [];
  const recused: number[] = [];
  for (const cell of unit.cells) {
    const rater = table.raters[cell.rater]!;
    const own = policy === 'keep' || rater.isLabel ? false : sharesOneFamily(rater.model, item, unit);
    const opinion = readCell(cell, own && policy === 'downweight' ? 0.5 : 1);
    if (rater.isLabel) labels.push(opinion);
    else if (own && policy === 'recuse') recused.push(cell.rater);
    else opinions.push(opinion);
  }
  return { item, unit, opinions, labels, recused };
}

function readCell(cell: Cell, weight: number): Opinion {
  const forward = cell.forwardCount === 0 ? null : cell.forward / cell.forwardCount;
  const reverse = cell.reverseCount === 0 ? null : cell.reverse / cell.reverseCount;
  const parts: number[] = [];
  if (forward !== null && reverse !== null) parts.push((forward + reverse) / 2);
  else if (forward !== null || reverse !== null) parts.push((forward ?? reverse)!);
  if (cell.orderlessCount > 0) parts.push(cell.orderless / cell.orderlessCount);
  if (cell.gap !== null) parts.push(Math.sign(cell.gap));
  const both = forward !== null && reverse !== null && (forward !== 0 || reverse !== 0);
  return {
    rater: cell.rater,
    value: parts.length === 0 ? 0 : parts.reduce((sum, part) => sum + part, 0) / parts.length,
    flipped: both && forward * reverse < 0,
    stable: both && forward * reverse > 0,
    weight,
    cell,
  };
}

/** A judge is no neutral party where exactly one of the two answers was written by its own family. */
function sharesOneFamily(model: string | null, item: TableItem, unit: Unit): boolean {
  const family = familyOf(model);
  if (family === null || item.facts === null) return false;
  const wrote = (id: string) =>
    familyOf(item.facts?.candidates.find((candidate) => candidate.id === id)?.model) === family;
  return wrote(unit.x) !== wrote(unit.y);
}
