import type { PairHead, PairTable } from '../tables/pair-table.ts';
import { type Evidence, EvidenceRows } from './evidence.ts';
import type { LabelFreeEstimate } from './label-free.ts';

/** Categories with fewer pairs than this share one. */
const fewestOfCategory = 8;
/** Raters x categories beyond this are not told apart by category. */
const mostDetails = 1200;
/** Characters added to both lengths, so that a short answer's ratio means little. */
const lengthPadding = 10;

/** Everything that may speak for x or y in a pair; every value changes its sign when x and y are swapped. */
export function pairEvidence(pairs: PairTable, free: LabelFreeEstimate, raters: number): Evidence {
  const categories = categoriesOf(pairs);
  const detailed = (new Set(categories).size + 1) * raters <= mostDetails;
  const severalCategories = new Set(categories).size > 1;
  const rows = new EvidenceRows();
  for (const [index, head] of pairs.heads.entries()) {
    const category = categories[index]!;
    let sum = 0;
    let included = 0;
    for (let k = pairs.start[index]!; k < pairs.start[index + 1]!; k += 1) {
      const rater = pairs.rater[k]!;
      rows.add('rater', rater, null, pairs.value[k]!);
      if (detailed && severalCategories) rows.add('rater_by_category', rater, category, pairs.value[k]!);
      sum += pairs.lean[k]!;
      if (pairs.state[k]! >= 2) included += 1;
    }
    const consensus = included === 0 ? 0 : sum / included;
    rows.add('label_free', null, null, free.logits[index]!);
    rows.add('consensus', null, null, consensus);
    rows.add('consensus_by_category', null, category, consensus);
    const length = lengthAdvantage(head);
    rows.add('length', null, null, length);
    if (severalCategories) rows.add('length_by_category', null, category, length);
    rows.endUnit();
  }
  return rows.finish(
    free.logits,
    pairs.heads.map(({ item }) => item.facts?.cluster ?? item.id),
  );
}

function categoriesOf(pairs: PairTable): string[] {
  const counts = new Map<string, number>();
  const names = pairs.heads.map(({ item }) => item.facts?.category ?? '');
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return names.map((name) => (counts.get(name)! >= fewestOfCategory ? name : ''));
}

/** ln of the ratio of lengths in characters, within [-2, 2]; 0 where a length is not known. */
export function lengthAdvantage({ item, x, y }: PairHead): number {
  const lengthOf = (id: string) =>
    item.facts?.candidates.find((candidate) => candidate.id === id)?.characters;
  const ofX = lengthOf(x);
  const ofY = lengthOf(y);
  if (ofX === null || ofX === undefined || ofY === null || ofY === undefined) return 0;
  return Math.max(-2, Math.min(2, Math.log((ofX + lengthPadding) / (ofY + lengthPadding))));
}
