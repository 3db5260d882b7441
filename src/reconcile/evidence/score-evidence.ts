import { fitDawidSkene } from '../../stats/rater-models/dawid-skene.ts';
import { logit } from '../../stats/special/logistic.ts';
import type { PairTable } from '../tables/pair-table.ts';
import type { Warnings } from '../tables/warnings.ts';
import { type Evidence, EvidenceRows, type Target } from './evidence.ts';
import { type LabelReading, readLabels } from './label-targets.ts';
import { targetsOf } from './pair-evidence.ts';

/** The evidence on candidates with a score of their own. */
export interface ScoreEvidence {
  readonly evidence: Evidence;
  readonly labels: LabelReading;
  readonly targets: readonly Target[];
}

/** Raters are not independent: this share of the two-coin model's log-odds is kept without labels. */
const temper = 1 / 3;
/** With more raters x categories than this, raters have no effects by category. */
const maxDetails = 1200;

/**
 * The prior is the two-coin model of Dawid & Skene (1979), tempered: a rater that calls everything correct is
 * informative only when it does not.
 */
export function gatherScoreEvidence(units: PairTable, warnings: Warnings): ScoreEvidence {
  const evidence = scoreRows(units, twoCoinLogits(units));
  const labels = readLabels(
    units.heads.map(({ item, x, labels: given }) => ({ name: `${item.id} ${x}`, labels: given })),
    units.raters,
    warnings,
  );
  return { evidence, labels, targets: targetsOf(labels, evidence) };
}

function twoCoinLogits(units: PairTable): Float64Array {
  const task: number[] = [];
  const rater: number[] = [];
  const label: number[] = [];
  for (let unit = 0; unit < units.heads.length; unit += 1) {
    for (let k = units.start[unit]!; k < units.start[unit + 1]!; k += 1) {
      if (units.value[k] === 0) continue;
      task.push(unit);
      rater.push(units.rater[k]!);
      label.push(units.value[k]! > 0 ? 1 : 0);
    }
  }
  const { posterior } = fitDawidSkene(
    {
      taskCount: units.heads.length,
      raterCount: units.raters.length,
      labelCount: 2,
      task: Int32Array.from(task),
      rater: Int32Array.from(rater),
      label: Int32Array.from(label),
    },
    { smoothing: 1, maxIterations: 100 },
  );
  return Float64Array.from(units.heads, (_, unit) => temper * logit(posterior[2 * unit + 1]!));
}

function scoreRows(units: PairTable, prior: Float64Array): Evidence {
  const categories = units.heads.map(({ item }) => item.facts?.category ?? '');
  const several = new Set(categories).size > 1;
  const detailed = several && (new Set(categories).size + 1) * units.raters.length <= maxDetails;
  const rows = new EvidenceRows();
  for (let unit = 0; unit < units.heads.length; unit += 1) {
    const category = categories[unit]!;
    let sum = 0;
    let included = 0;
    for (let k = units.start[unit]!; k < units.start[unit + 1]!; k += 1) {
      const value = units.value[k]!;
      rows.add('rater', units.rater[k]!, null, value);
      if (detailed) rows.add('rater_by_category', units.rater[k]!, category, value);
      sum += value;
      included += 1;
    }
    rows.add('label_free', null, null, prior[unit]!);
    rows.add('consensus', null, null, included === 0 ? 0 : (3 * sum) / included);
    rows.add('base_rate', null, null, 1);
    if (several) rows.add('base_rate_by_category', null, category, 1);
    rows.endUnit();
  }
  return rows.finish(
    prior,
    units.heads.map(({ item }) => item.facts?.cluster ?? item.id),
  );
}
