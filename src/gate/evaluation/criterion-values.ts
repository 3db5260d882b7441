import type { GateMetric } from '../../domain/gate.ts';
import type { GateCriterionSpec } from '../../domain/gate-settings.ts';
import type { RaterKind } from '../../domain/vote.ts';
import type { Evidence } from '../decision/hypothesis.ts';
import type { GateTable, TableRow } from './gate-table.ts';
import { clusterOf, type PairedItem } from './paired-item.ts';

type Measurable = Pick<GateCriterionSpec, 'metric' | 'criterion' | 'rules'>;

/** Improvement of the candidate over the baseline on one item and criterion; null without votes on it. */
export function improvementOf(
  row: TableRow,
  kinds: ReadonlyMap<string, RaterKind>,
  spec: Measurable,
): number | null {
  switch (spec.metric) {
    case 'win_rate':
    case 'length_controlled_win_rate':
      return meanOf([...winsOf(row, kinds)].map(({ win }) => win - 0.5));
    case 'score':
      return meanOf(
        [...scoresOf(row, kinds, spec.criterion)].filter(({ scaled }) => scaled).map(({ gap }) => gap),
      );
    case 'rule_failures':
    case 'refuted_facts':
    case 'safety_flags': {
      const candidate = row.findings.of(spec.metric, 'candidate', spec.rules);
      const baseline = row.findings.of(spec.metric, 'baseline', spec.rules);
      return candidate === null || baseline === null ? null : Number(baseline) - Number(candidate);
    }
  }
}

/** Each rater's share of wins; a reward model prefers the response that it scores higher. */
export function* winsOf({ panel }: TableRow, kinds: ReadonlyMap<string, RaterKind>) {
  yield* panel.wins();
  for (const { rater, gap } of panel.gaps(null))
    if (kinds.get(rater) === 'reward_model')
      yield { rater, win: gap > 0 ? 1 : gap < 0 ? 0 : 0.5, flipped: null };
}

/** Each rater's score difference; without a criterion, of judges and reward models only. */
export function* scoresOf(
  { panel }: TableRow,
  kinds: ReadonlyMap<string, RaterKind>,
  criterion: string | null,
) {
  for (const one of panel.gaps(criterion)) {
    const kind = kinds.get(one.rater);
    if (criterion !== null || kind === 'llm' || kind === 'reward_model') yield one;
  }
}

/** The human label of an item, on the same scale as the panel; null without one, or for a metric without human labels. */
function labelOf({ human }: TableRow, { metric, criterion }: Measurable): number | null {
  if (metric === 'win_rate') return meanOf([...human.wins()].map(({ win }) => win - 0.5));
  if (metric !== 'score') return null;
  return meanOf([...human.gaps(criterion)].filter(({ scaled }) => scaled).map(({ gap }) => gap));
}

/** The evidence of a criterion on these items, in their order; items without a panel vote are left out. */
export function evidenceOf(items: readonly PairedItem[], table: GateTable, spec: Measurable): Evidence {
  const values: number[] = [];
  const labels: (number | null)[] = [];
  const clusters: string[] = [];
  const lengths: (number | null)[] = [];
  for (const item of items) {
    const row = table.row(item.id);
    const value = improvementOf(row, table.raterKinds, spec);
    if (value === null) continue;
    values.push(value);
    labels.push(labelOf(row, spec));
    clusters.push(clusterOf(item));
    const [candidate, baseline] = item.candidates;
    lengths.push(
      candidate.text === null || baseline.text === null ? null : candidate.text.length - baseline.text.length,
    );
  }
  const known = lengths.filter((length) => length !== null);
  return {
    values,
    labels,
    clusters,
    range: isWinRate(spec.metric) ? [-0.5, 0.5] : [-1, 1],
    lengthDifferences: known.length === lengths.length ? known : null,
  };
}

function isWinRate(metric: GateMetric): boolean {
  return metric === 'win_rate' || metric === 'length_controlled_win_rate';
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
