import type { Constitution } from '../../domain/constitution.ts';
import type { JudgeSpec } from '../../domain/job.ts';
import { providerOf } from '../../providers/index.ts';
import type {
  EvaluationReport,
  EvaluationRow,
} from '../../raters/constitution/evaluation/evaluation-tally.ts';
import { amount, textTable } from '../../reports/text/amounts.ts';

interface Evaluated {
  readonly constitution: Constitution;
  readonly judge: Pick<JudgeSpec, 'id' | 'provider'>;
  /** Lines of the files that were no pairs. */
  readonly skipped: number;
  /** Pairs to which no principle applies. */
  readonly unasked: number;
}

/** The report for people: what was measured, how sure it is, and what it does not show. */
export function evaluationLines(
  report: EvaluationReport,
  { constitution, judge, skipped, unasked }: Evaluated,
): string[] {
  const { all, sets, principles } = report;
  const { both_orders: both, flipped } = all;
  return [
    `${constitution.title} (${constitution.id} ${constitution.version}), answered by ${judge.id}`,
    '',
    table([...sets, ...(sets.length > 1 ? [all] : [])]),
    '',
    table(principles),
    '',
    both === 0
      ? 'no question was read in both orders'
      : `${amount(flipped)} of ${amount(both)} verdicts changed with the order of the responses (${percent(flipped / both)})`,
    ...(skipped === 0 ? [] : [`${amount(skipped)} lines of the files are no pairs and were left out`]),
    ...(unasked === 0 ? [] : [`${amount(unasked)} pairs are of a category that no principle is for`]),
    ...(!providerOf(judge.provider).isModel
      ? ['No LLM took part: these are opinions of features of the text.']
      : []),
    conclusion(all),
  ];
}

function conclusion({ accuracy, interval, near_chance, correct, wrong, undecided }: EvaluationRow): string {
  if (accuracy === null || interval === null) {
    return undecided === 0
      ? 'Nothing could be read: the accuracy is not known.'
      : `Nothing was decided in ${amount(undecided)} pairs: a coin does as well.`;
  }
  const range = `${percent(interval.low)} to ${percent(interval.high)} at 95 %, ${amount(correct + wrong)} decided pairs`;
  if (near_chance === true)
    return `Near chance: ${percent(accuracy)} (${range}). As far as these pairs tell, a coin does as well.`;
  return accuracy > 0.5
    ? `Better than chance: ${percent(accuracy)} (${range}).`
    : `Worse than chance: ${percent(accuracy)} (${range}).`;
}

function comparedToChance({ accuracy, near_chance }: EvaluationRow): string {
  if (accuracy === null) return '-';
  return near_chance === true ? 'near' : accuracy > 0.5 ? 'better' : 'worse';
}

function table(rows: readonly EvaluationRow[]): string {
  return textTable([
    ['', 'pairs', 'right', 'wrong', 'undecided', 'unread', 'accuracy', '95 %', 'chance', 'flipped'],
    ...rows.map((row) => [
      row.name,
      ...[row.pairs, row.correct, row.wrong, row.undecided, row.unread].map(amount),
      row.accuracy === null ? '-' : percent(row.accuracy),
      row.interval === null ? '-' : `${percent(row.interval.low)}-${percent(row.interval.high)}`,
      comparedToChance(row),
      row.both_orders === 0 ? '-' : percent(row.flipped / row.both_orders),
    ]),
  ]);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
