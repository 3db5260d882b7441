import { relative } from 'node:path';
import type { WrittenRevisions } from '../../app/constitution/write-revisions.ts';
import type { Constitution } from '../../domain/constitution.ts';
import type { JudgeSpec } from '../../domain/job.ts';
import type { Providers } from '../../ports/provider.ts';
import { providerOf } from '../../providers/index.ts';
import type {
  EvaluationReport,
  EvaluationRow,
} from '../../raters/constitution/evaluation/evaluation-tally.ts';
import { amount, textTable } from '../../reports/text/amounts.ts';
import type { Interval } from '../../stats/estimate.ts';

interface Evaluated {
  readonly constitution: Constitution;
  readonly judge: Pick<JudgeSpec, 'id' | 'provider'>;
  readonly providers: Providers;
  /** Lines of the files that hold no pair. */
  readonly skipped: number;
  /** Pairs to which no principle applies. */
  readonly unasked: number;
}

/** What was measured, how certain it is, and what it does not show. */
export function evaluationLines(
  report: EvaluationReport,
  { constitution, judge, providers, skipped, unasked }: Evaluated,
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
      ? 'no question has a verdict in both orders'
      : `${amount(flipped)} of ${amount(both)} verdicts changed with the order of the responses (${percent(flipped / both)})`,
    ...(skipped === 0 ? [] : [`${amount(skipped)} lines of the files hold no pair and were left out`]),
    ...(unasked === 0 ? [] : [`${amount(unasked)} pairs have a category to which no principle applies`]),
    ...(!providerOf(judge.provider, providers).isModel
      ? ['No LLM took part: these verdicts come from text features.']
      : []),
    conclusion(all),
  ];
}

function conclusion({ accuracy, interval, near_chance, correct, wrong, undecided }: EvaluationRow): string {
  if (accuracy === null || interval === null) {
    return undecided === 0
      ? 'No reply could be parsed: the accuracy is unknown.'
      : `All ${amount(undecided)} pairs are undecided: no better than chance.`;
  }
  const range = `${percent(interval.low)} to ${percent(interval.high)} at 95 %, ${amount(correct + wrong)} decided pairs`;
  if (near_chance === true)
    return `Near chance: ${percent(accuracy)} (${range}). These pairs do not distinguish it from chance.`;
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

/** The report of a revision run. */
export function revisionLines(
  written: WrittenRevisions,
  { cwd, calls }: { readonly cwd: string; readonly calls: number },
): string[] {
  const { responses, accepted, reasons, left_out: leftOut, principles, files } = written;
  const at = (file: string) => relative(cwd, file) || file;
  return [
    `${amount(accepted)} of ${amount(responses)} responses have an accepted revision (${counted(reasons)})`,
    ...(Object.keys(leftOut).length === 0 ? [] : [`not criticised: ${counted(leftOut)}`]),
    ...(leftOut.no_critic === undefined ? [] : [noCritic]),
    `${amount(calls)} calls made now`,
    '',
    textTable([
      ['principle', 'drawn', 'revised', 'judged', 'accepted', 'evasive', 'win rate', 'veto rate'],
      ...principles.map((row) => [
        row.principle,
        ...[row.drawn, row.revised, row.judged, row.accepted, row.evasive].map(amount),
        range(row.win_rate),
        range(row.veto_rate),
      ]),
    ]),
    '',
    `revisions: ${at(files.revisions)}`,
    `items and preferences: ${at(files.items)}, ${at(files.preferences)}`,
    ...(accepted === 0
      ? []
      : [
          `Next: quorate export --feedback ${at(files.improvements)} --kind sft --out sft (or --kind preference)`,
        ]),
  ];
}

const noCritic =
  '  critic: author needs candidates whose "model" is the model of a judge; another judge can be named instead';

function counted(reasons: Readonly<Record<string, number>>): string {
  return Object.entries(reasons)
    .map(([reason, count]) => `${amount(count)} ${reason.replaceAll('_', ' ')}`)
    .join(', ');
}

function range(interval: Interval | null): string {
  return interval === null ? '-' : `${Math.round(100 * interval.low)}-${Math.round(100 * interval.high)}%`;
}
