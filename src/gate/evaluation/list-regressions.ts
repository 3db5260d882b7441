import type { GateRegression } from '../../domain/gate.ts';
import type { GateCriterionSpec } from '../../domain/gate-settings.ts';
import { improvementOf } from './criterion-values.ts';
import type { GateTable } from './gate-table.ts';
import type { PairedItem } from './paired-item.ts';

/** The items on which the candidate does worst against the baseline, worst first. */
export function listRegressions(
  items: readonly PairedItem[],
  table: GateTable,
  criteria: readonly GateCriterionSpec[],
  worst: number,
): readonly GateRegression[] {
  const found = items.flatMap(({ id }): GateRegression[] => {
    const row = table.row(id);
    const flagged = row.findings.of('safety_flags', 'candidate', null) === true;
    const values = criteria.flatMap((criterion) => {
      const value = improvementOf(row, table.raterKinds, criterion);
      // win rates minus 1/2 have half the range of the other metrics
      return value === null
        ? []
        : [{ criterion: criterion.id, value: isHalf(criterion) ? 2 * value : value }];
    });
    const lowest = values.reduce((low, one) => (one.value < low.value ? one : low), {
      criterion: flagged ? 'safety_flags' : '',
      value: flagged && row.findings.of('safety_flags', 'baseline', null) !== true ? -1 : 0,
    });
    if (lowest.value >= 0) return [];
    const reasons = row.findings.reasons('candidate').slice(0, 5);
    return [{ item: id, improvement: lowest.value, criterion: lowest.criterion, reasons }];
  });
  return found
    .sort(
      (one, other) =>
        one.improvement - other.improvement ||
        other.reasons.length - one.reasons.length ||
        (one.item < other.item ? -1 : 1),
    )
    .slice(0, worst);
}

function isHalf({ metric }: GateCriterionSpec): boolean {
  return metric === 'win_rate' || metric === 'length_controlled_win_rate';
}
