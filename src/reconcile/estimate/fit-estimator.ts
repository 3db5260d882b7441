import { fitGroupedRidge, type GroupedRows } from '../../stats/regression/grouped-ridge.ts';
import { type Evidence, effectGroups, type Target } from '../evidence/evidence.ts';
import { type Estimator, priorVariance } from './estimators.ts';

/** One estimator, fitted on all labels, with its held-out prediction of each labelled unit. */
export interface FittedEstimator {
  readonly estimator: Estimator;
  /** One per column of the evidence; 0 for groups the estimator does not use. */
  readonly coefficients: Float64Array;
  /** Log-odds, one per target, from the fit without the target's fold. */
  readonly heldOut: Float64Array;
  readonly variances: Float64Array;
}

const variances = [0, 0.03, 0.1, 0.3, 1, 3];
/** Standard deviation of the log-normal prior on a variance, in natural logarithms. */
const priorSpread = 1.5;
const sweeps = 2;
const oneRaterVariance = 3;
/** Raters beyond this many are not tried alone. */
const maxTried = 200;
/** A group of variance 0: its columns have no effect. */
const excluded = effectGroups.length;
/** Labelled units beyond this do not change which variances are best. */
const enoughForVariances = 250;

/**
 * Effects ~ N(0, variance of their group); the variances maximise the Laplace evidence times a log-normal prior, by
 * coordinate search over a grid. Held-out logits come from fits without the fold, at the same variances.
 */
export function fitEstimator(
  evidence: Evidence,
  estimator: Estimator,
  targets: readonly Target[],
  folds: ArrayLike<number>,
  foldCount: number,
): FittedEstimator {
  const used = usedColumns(evidence, estimator, targets);
  const all = denseRows(evidence, estimator, targets, used);
  const included = (rows: GroupedRows) => (estimator.oneRater === true ? chooseOneRater(rows) : rows);
  const rows = included(all);
  const best = searchVariances(estimator, head(rows, enoughForVariances));
  const heldOut = new Float64Array(targets.length);
  for (let fold = 0; fold < foldCount; fold += 1) {
    const inside = [...targets.keys()].filter((index) => folds[index] !== fold);
    if (inside.length === targets.length) continue;
    const { coefficients } = fitGroupedRidge(included(select(all, inside)), best);
    for (let index = 0; index < targets.length; index += 1) {
      if (folds[index] !== fold) continue;
      let sum = rows.offset[index]!;
      const row = rows.rows[index]!;
      for (let k = 0; k < row.length; k += 1) sum += row[k]! * coefficients[k]!;
      heldOut[index] = sum;
    }
  }
  const coefficients = new Float64Array(evidence.columns.length);
  const fitted = fitGroupedRidge(rows, best).coefficients;
  for (const [k, column] of used.entries()) coefficients[column] = fitted[k]!;
  return { estimator, coefficients, heldOut, variances: best };
}

/** Columns of the estimator's groups that have an entry in a labelled unit: the others keep their prior mean, 0. */
function usedColumns(evidence: Evidence, estimator: Estimator, targets: readonly Target[]): number[] {
  const touched = new Set<number>();
  for (const { unit } of targets) {
    for (let k = evidence.start[unit]!; k < evidence.start[unit + 1]!; k += 1)
      touched.add(evidence.column[k]!);
  }
  return [...touched]
    .filter((column) => estimator.groups.includes(evidence.columns[column]!.group))
    .sort((one, other) => one - other);
}

/** Keeps the column of one rater: the one with the highest marginal likelihood, chosen again for every set of labels. */
function chooseOneRater(rows: GroupedRows): GroupedRows {
  const rater = effectGroups.indexOf('rater');
  const columns = Array.from(rows.groupOf).flatMap((group, k) => (group === rater ? [k] : []));
  const variances = Float64Array.from([...effectGroups.map((group) => priorVariance[group]), 0]);
  variances[rater] = oneRaterVariance;
  let best = { rows, logEvidence: Number.NEGATIVE_INFINITY };
  for (const chosen of columns.slice(0, maxTried)) {
    const groupOf = Array.from(rows.groupOf, (group, k) =>
      group === rater && k !== chosen ? excluded : group,
    );
    const alone = { ...rows, groupOf };
    const { logEvidence } = fitGroupedRidge(alone, variances);
    if (logEvidence > best.logEvidence) best = { rows: alone, logEvidence };
  }
  return best.rows;
}

function denseRows(
  evidence: Evidence,
  estimator: Estimator,
  targets: readonly Target[],
  used: readonly number[],
): GroupedRows {
  const place = new Int32Array(evidence.columns.length).fill(-1);
  for (const [k, column] of used.entries()) place[column] = k;
  return {
    rows: targets.map(({ unit }) => {
      const row = new Float64Array(used.length);
      for (let k = evidence.start[unit]!; k < evidence.start[unit + 1]!; k += 1) {
        const column = place[evidence.column[k]!]!;
        if (column !== -1) row[column]! += evidence.value[k]!;
      }
      return row;
    }),
    groupOf: used.map((column) => effectGroups.indexOf(evidence.columns[column]!.group)),
    outcomes: Float64Array.from(targets, ({ outcome }) => outcome),
    weights: new Float64Array(targets.length).fill(1),
    offset: Float64Array.from(targets, ({ unit }) => (estimator.fromPrior ? evidence.prior[unit]! : 0)),
  };
}

function searchVariances(estimator: Estimator, rows: GroupedRows): Float64Array {
  let best = new Float64Array(effectGroups.length + 1);
  const groups = estimator.groups.map((group) => effectGroups.indexOf(group));
  for (const group of groups) best[group] = priorVariance[effectGroups[group]!];
  const score = (at: Float64Array) => fitGroupedRidge(rows, at).logEvidence + logPrior(groups, at);
  let reached = score(best);
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    let moved = false;
    for (const group of groups) {
      for (const variance of variances) {
        if (variance === best[group]) continue;
        const next = best.slice();
        next[group] = variance;
        const value = score(next);
        if (value <= reached + 1e-6) continue;
        [best, reached, moved] = [next, value, true];
      }
    }
    if (!moved) break;
  }
  return best;
}

function logPrior(groups: readonly number[], at: Float64Array): number {
  let sum = 0;
  for (const group of groups) {
    const centre = priorVariance[effectGroups[group]!];
    sum -= (Math.log((at[group]! + 0.01) / (centre + 0.01)) / priorSpread) ** 2 / 2;
  }
  return sum;
}

function head(rows: GroupedRows, count: number): GroupedRows {
  if (rows.rows.length <= count) return rows;
  // evenly spread over the file rather than its beginning
  const step = rows.rows.length / count;
  return select(
    rows,
    Array.from({ length: count }, (_, index) => Math.floor(index * step)),
  );
}

function select(rows: GroupedRows, chosen: readonly number[]): GroupedRows {
  return {
    rows: chosen.map((index) => rows.rows[index]!),
    groupOf: rows.groupOf,
    outcomes: Float64Array.from(chosen, (index) => rows.outcomes[index]!),
    weights: Float64Array.from(chosen, (index) => rows.weights[index]!),
    offset: Float64Array.from(chosen, (index) => rows.offset[index]!),
  };
}
