import { join, relative } from 'node:path';
import type { Exported } from '../../app/exports/build-export.ts';
import type { JudgeWarning } from '../../app/run/judge-warnings.ts';
import type { RaterCounts } from '../../app/vote-counter.ts';
import { type RunReport, resultFiles } from '../../app/write-results.ts';
import type { ExportSpec } from '../../domain/export-spec.ts';
import type { Job } from '../../domain/job.ts';
import type { RunPlan } from '../../engine/run/plan.ts';
import type { RunEnd } from '../../engine/run/run-input.ts';
import { amount, dollars, textTable } from '../../reports/text/amounts.ts';
import { oneLine } from '../../reports/text/text-table.ts';
import { idleRaterLines, itemNoteLines, recusalLines } from '../plan/text.ts';

export interface RunFooter {
  readonly job: Job;
  /** The job file as the user typed it. */
  readonly jobFile: string;
  readonly cwd: string;
  readonly plan: RunPlan;
  readonly end: RunEnd;
  readonly report: RunReport;
  readonly exported: readonly Exported[];
}

/** The summary of a run: raters, cost, preferences, files, and the next command. */
export function footerLines(footer: RunFooter): string[] {
  const { plan, end, report } = footer;
  return [
    '',
    ...failureLines(end),
    ratersTable(report),
    ...report.raters.flatMap(reasonsLine),
    ...report.judge_warnings.flatMap(judgeWarningLines),
    ...report.reconciliation.raters.flatMap(unsteadyLine),
    ...methodLines(report),
    ...crossCheckLines(report),
    '',
    callsLine(footer),
    costLine(report),
    ...(report.has_llm_judge ? [] : ['No LLM took part: the votes come from rules and text features.']),
    ...(plan.itemsWithoutTasks === 0
      ? []
      : [
          `${amount(plan.itemsWithoutTasks)} items without a task for any rater (fewer than two candidates?)`,
        ]),
    ...itemNoteLines(plan),
    ...recusalLines(plan),
    ...idleRaterLines(plan),
    preferencesLine(report),
    ...acceptLines(report),
    ...report.reconciliation.warnings.map(({ warning, count }) => `warning: ${warning} (${count})`),
    ...peerLines(report),
    ...budgetLines(end),
    ...footer.exported.map((one) => exportLine(one, footer.cwd)),
    ...nextLines(footer),
  ];
}

/** The cause first, where a call failed for good. */
function failureLines({ calls, cached, lastFailure }: RunEnd): string[] {
  if (lastFailure === null) return [];
  const which = calls + cached === 0 ? 'every call failed, the last' : 'some calls failed, the last';
  const hint = lastFailure.hint === undefined ? [] : [`  ${oneLine(lastFailure.hint)}`];
  return [`${which}: ${oneLine(lastFailure.message)}`, ...hint, ''];
}

function callsLine({ end, report }: RunFooter): string {
  const votes = report.raters.reduce((sum, rater) => sum + rater.votes, 0);
  return end.calls + end.cached === 0 && end.lastFailure === null && votes > 0
    ? `0 calls made, ${amount(votes)} votes from earlier or without a call`
    : `${amount(end.calls)} calls made, ${amount(end.cached)} recorded replies reused`;
}

/** What would help where not one pair is accepted. */
function acceptLines({ preferences, reconciliation, raters }: RunReport): string[] {
  if (reconciliation.pairs === 0 || (preferences.accepted ?? 0) > 0) return [];
  const judges = raters.filter(({ verdicts, ties }) => verdicts + ties > 0).length;
  const more = [
    ...(reconciliation.basis === 'calibrated' ? [] : ['give labels (`labels: labels.jsonl`)']),
    judges < 3 ? 'add a judge of another family to the panel' : 'add a stronger judge to the panel',
    'lower the threshold (`reconcile: {accept: 0.7}`)',
  ];
  return [`No pair is accepted. What can help: ${more.join('; ')}.`];
}

function ratersTable({ raters, reconciliation }: RunReport): string {
  const agreement = new Map(reconciliation.raters.map((one) => [one.rater, one.agreement]));
  const rows = raters.map((rater) => [
    rater.rater,
    ...[rater.votes, rater.verdicts, rater.ties, rater.abstentions, rater.errors].map(amount),
    percent(agreement.get(rater.rater) ?? undefined),
    rater.calls === 0 ? '-' : rater.unpriced_calls > 0 ? 'unknown' : dollars(rater.cost_usd),
  ]);
  return textTable([
    ['rater', 'votes', 'verdicts', 'ties', 'abstained', 'errors', 'agreement', 'cost'],
    ...rows,
  ]);
}

/** What each kind of rater changed, and claims without evidence in the corpus. */
function methodLines({ methods, knowledge_gaps: gaps }: RunReport): string[] {
  const rows = methods.map((one) => [
    one.kind,
    ...[one.pairs_with_a_lean].map(amount),
    one.agreement === null ? '-' : percent(one.agreement),
    ...[one.items_flipped, one.pairs_accepted_by_it, one.pairs_stopped_by_it].map(amount),
    dollars(one.cost_usd),
  ]);
  const header = [
    'method',
    'decided',
    'agreement',
    'items flipped',
    'pairs accepted',
    'pairs stopped',
    'cost',
  ];
  return [
    ...(rows.length === 0 ? [] : ['', textTable([header, ...rows])]),
    ...(gaps.length === 0
      ? []
      : [
          `${amount(gaps.length)} recurring claims have no evidence: knowledge_gaps in ${resultFiles.report}`,
        ]),
  ];
}

function crossCheckLines({ cross_checks: checks = {} }: RunReport): string[] {
  const { verify, debate, prepare = {} } = checks;
  return [
    ...(verify === undefined
      ? []
      : [
          `verified: ${amount(verify.checked)} votes, ${amount(verify.withheld)} withheld, ${amount(verify.unchecked)} not checked`,
        ]),
    ...(debate === undefined
      ? []
      : [
          `debate: ${amount(debate.changed)} of ${amount(debate.second_votes)} second votes changed; judges agreed in ${percent(debate.agreement_before ?? undefined)} before, ${percent(debate.agreement_after ?? undefined)} after`,
        ]),
    ...Object.entries(prepare).map(([what, { items, missing }]) => {
      const without = Object.entries(missing).map(([reason, count]) => `${amount(count)} ${reason}`);
      return `prepared ${what} for ${amount(items)} items${without.length === 0 ? '' : `, without: ${without.join(', ')}`}`;
    }),
  ];
}

function percent(share: number | undefined): string {
  return share === undefined ? '-' : `${(share * 100).toFixed(0)}%`;
}

function reasonsLine({ rater, reasons }: RaterCounts): string[] {
  const parts = Object.entries(reasons).map(([reason, count]) => `${count} ${reason}`);
  return parts.length === 0 ? [] : [`  ${rater} without a verdict: ${parts.join(', ')}`];
}

function judgeWarningLines({ rater, message, advice }: JudgeWarning): string[] {
  return [`  warning: ${rater} ${oneLine(message)}`, `    ${advice}`];
}

/** Random answers agree across both orders half of the time. */
function unsteadyLine({
  rater,
  consistency,
  two_orders: asked,
}: RunReport['reconciliation']['raters'][number]): string[] {
  if (consistency === null || consistency > 0.5) return [];
  const flips = `${Math.round((1 - consistency) * asked)} of ${asked} questions`;
  return [`  ${rater} changes its verdict with the order in ${flips}: no better than chance`];
}

function costLine({ cost }: RunReport): string {
  const atMost = cost.uncertain_usd > 0 ? 'at most ' : '';
  const parts = [`${atMost}${dollars(cost.usd)} spent by this run in total`];
  if (atMost !== '') {
    parts.push(`of which ${dollars(cost.uncertain_usd)} is the upper bound of calls of unknown outcome`);
  }
  if (cost.unpriced_calls > 0) parts.push(`${amount(cost.unpriced_calls)} calls of unknown price`);
  if (cost.usd_per_accepted_pair !== null && cost.usd > 0) {
    parts.push(`${dollars(cost.usd_per_accepted_pair)} per accepted pair`);
  }
  return parts.join(', ');
}

function preferencesLine({ preferences, reconciliation }: RunReport): string {
  const parts = Object.entries(preferences).map(([status, count]) => `${amount(count)} ${status}`);
  const basis =
    reconciliation.basis === 'calibrated'
      ? `calibrated on ${reconciliation.labelled_pairs} labelled pairs`
      : 'uncalibrated: labels are needed to calibrate the probabilities';
  return `${amount(reconciliation.pairs)} pairs: ${parts.join(', ') || 'none'} (${basis})`;
}

function peerLines({ peers = [] }: RunReport): string[] {
  if (peers.length === 0) return [];
  const authors = [...new Set(peers.flatMap(({ cells }) => cells.map(({ author }) => author)))].sort();
  const rows = peers.map(({ judge, generosity, cells }) => [
    judge,
    ...authors.map((author) => {
      const cell = cells.find((each) => each.author === author);
      if (cell === undefined) return '-';
      return cell.adjusted_score === null
        ? percent(cell.win_rate ?? undefined)
        : cell.adjusted_score.toFixed(2);
    }),
    generosity === null ? '-' : generosity.toFixed(2),
  ]);
  return [
    '',
    'judges by author (win rate, or mean score adjusted for generosity)',
    textTable([['judge', ...authors, 'generosity'], ...rows]),
  ];
}

function budgetLines({ refused, missing }: RunEnd): string[] {
  if (refused === null) return [];
  const tasks = [...missing].map(([rater, count]) => `${rater}: ${amount(count)}`);
  return [
    '',
    `stopped: ${refused.message}`,
    ...(tasks.length === 0 ? [] : [`tasks skipped by the budget: ${tasks.join(', ')}`]),
    ...(refused.hint === undefined ? [] : [refused.hint]),
  ];
}

function exportLine({ spec, outcome, feedbackRows }: Exported, cwd: string): string {
  const place = relative(cwd, spec.out) || '.';
  if (outcome.status === 'refused') {
    const failed = outcome.failed.join(', ');
    return `${place}: not written, ${failed} failed; to export anyway, set allow: [${failed}]`;
  }
  const { rows, refused } = outcome.manifest;
  const counts = Object.entries(rows).map(([split, count]) => `${amount(count)} ${split}`);
  const fromFeedback = feedbackRows === null ? '' : `, ${amount(feedbackRows)} from feedback`;
  if (counts.length > 0) return `${place}: ${counts.join(', ')} (${wordsOf(spec)})${fromFeedback}`;
  const reasons = Object.entries(refused).map(([reason, count]) => `${amount(count)} ${reason}`);
  return `${place}: no rows (${wordsOf(spec)}), left out: ${reasons.join(', ') || 'nothing'}`;
}

function wordsOf({ kind, format, container }: ExportSpec): string {
  if (format === 'trl-dpo' && container === 'jsonl') return format;
  return [...(format === 'trl-dpo' ? [] : [kind]), format, container].join(', ');
}

function nextLines({ job, jobFile, cwd, end, report }: RunFooter): string[] {
  const errors = report.raters.reduce((sum, rater) => sum + rater.errors, 0);
  const at = (file: string) => relative(cwd, file) || '.';
  const failed = new Set(report.raters.filter((one) => one.errors === one.votes).map((one) => one.rater));
  const unread = report.judge_warnings.find(
    ({ warning, rater }) => warning === 'no_verdict' && !failed.has(rater),
  );
  const item = unread?.item ?? report.reconciliation.review[0]?.item;
  const agree = `quorate agree --votes ${at(join(job.out, resultFiles.votes))} --items ${at(job.items)}`;
  const labels = job.labels === null ? '' : ` --labels ${at(job.labels)}`;
  const next =
    end.refused !== null
      ? end.refused.scope === 'run'
        ? `quorate run ${jobFile} --max-usd ${nextLimit(report.cost.usd)}`
        : `quorate run ${jobFile} (with that limit raised)`
      : errors > 0 && unread === undefined
        ? `quorate run ${jobFile} --retry-errors`
        : `quorate explain ${item === undefined ? 'ITEM' : shellWord(oneLine(item))} --job ${jobFile}`;
  return [
    '',
    `Preferences: ${at(join(job.out, resultFiles.preferences))}`,
    `Next: ${next}`,
    `      ${agree}${labels} --html ${at(join(job.out, 'agreement.html'))}`,
  ];
}

/** Quoted where a shell would split or expand it. */
function shellWord(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Twice what was spent, rounded. */
function nextLimit(spentUsd: number): number {
  return Number(Math.max(0.01, spentUsd * 2).toPrecision(2));
}
