import type { PairHead, PairTable } from '../tables/pair-table.ts';
import type { Warnings } from '../tables/warnings.ts';
import { type Evidence, EvidenceRows, type Target } from './evidence.ts';
import { estimateWithoutLabels, type LabelFreeEstimate } from './label-free.ts';
import { type LabelReading, readLabels } from './label-targets.ts';

/** The evidence on pairs: what the votes alone suggest, what a fit may use, and the labels to fit to. */
export interface PairEvidence {
  readonly free: LabelFreeEstimate;
  readonly evidence: Evidence;
  readonly labels: LabelReading;
  readonly targets: readonly Target[];
}

/** Categories with fewer pairs than this are pooled into one. */
const minPairsOfCategory = 8;
/** With more raters x categories than this, raters have no effects by category. */
const maxDetails = 1200;
/** Characters added to both lengths, so that the ratio of two short answers counts for little. */
const lengthPadding = 10;

/** @param hasModel whether a stored rater model will be applied: then rows are needed without labels too */
export function gatherPairEvidence(pairs: PairTable, hasModel: boolean, warnings: Warnings): PairEvidence {
  const raters = pairs.raters.length;
  const free = estimateWithoutLabels(pairs, raters);
  const labels = readLabels(
    pairs.heads.map(({ item, labels: given }) => ({ name: item.id, labels: given })),
    pairs.raters,
    warnings,
  );
  // without labels and without a stored model nothing reads the rows
  const needsRows = hasModel || pairs.heads.some((head) => head.labels.length > 0);
  const evidence = needsRows ? pairRows(pairs, free, raters) : new EvidenceRows().finish(free.logits, []);
  return { free, evidence, labels, targets: targetsOf(labels, evidence) };
}

/** The labelled units; a unit without a single opinion carries no information about raters. */
export function targetsOf({ opinions }: LabelReading, { start }: Evidence): Target[] {
  return opinions.flatMap((opinion, unit) =>
    opinion === null || start[unit] === start[unit + 1] ? [] : [{ unit, outcome: opinion.outcome }],
  );
}

/** Every value changes its sign when x and y are swapped. */
function pairRows(pairs: PairTable, free: LabelFreeEstimate, raters: number): Evidence {
  const categories = categoriesOf(pairs);
  const detailed = (new Set(categories).size + 1) * raters <= maxDetails;
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
  return names.map((name) => (counts.get(name)! >= minPairsOfCategory ? name : ''));
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
