import type { Job } from '../../domain/job.ts';
import {
  assumedLatencyMs,
  minutesAtConcurrency,
  type RaterPlan,
  type RunPlan,
} from '../../engine/run/plan.ts';
import { isOwnServer } from '../../providers/own-server.ts';
import { amount, dollars, duration, textTable } from '../../reports/text/amounts.ts';
import { oneLine } from '../../reports/text/text-table.ts';

/** A plan as text. */
export function planLines(job: Job, plan: RunPlan): string[] {
  const sum = totalOf(plan.raters, job.concurrency);
  const table = textTable([
    ['rater', 'tasks', 'recorded', 'calls', 'tokens in', 'tokens out', 'cost', 'time'],
    ...plan.raters.map((rater) => row(rater.rater, rater)),
    ...(plan.raters.length > 1 ? [row('all', sum)] : []),
  ]);
  const { maxUsd } = job.budget;
  return [
    `${job.name}: ${amount(plan.items)} items, ${plan.raters.length} raters, ${job.allocation.kind} allocation`,
    '',
    table,
    '',
    'Tokens are estimated from characters. The low cost assumes short replies, the high one two characters a token and replies as long as their limit.',
    `Time: by rate limits, otherwise ${job.concurrency} concurrent calls of ${assumedLatencyMs / 1000} s each.`,
    ...perItemLine(plan, sum),
    ...batchLine(plan),
    ...(job.allocation.kind === 'fixed'
      ? []
      : [`This is an upper bound: the ${job.allocation.kind} allocation stops items early.`]),
    ...(plan.raters.some(({ highUsd }) => highUsd === null)
      ? ['Some prices are unknown; set `price` under the judge to see costs and to use a budget.']
      : []),
    ...ownServerLine(job),
    ...(plan.itemsWithoutTasks === 0
      ? []
      : [`${amount(plan.itemsWithoutTasks)} items have no task for any rater.`]),
    ...itemNoteLines(plan),
    ...recusalLines(plan),
    ...idleRaterLines(plan),
    ...(maxUsd === null ? [] : [budgetLine(maxUsd, sum)]),
  ];
}

const noteTexts = {
  no_prompt: 'have no prompt (or a blank one): no judge is asked about them',
  identical_responses: 'have identical responses: such pairs are not judged',
  empty_response: 'have an empty response',
} as const;

export function itemNoteLines({ itemNotes }: RunPlan): string[] {
  return itemNotes.map(
    ({ note, items, first }) => `${amount(items)} items ${noteTexts[note]} (first: ${oneLine(first)}).`,
  );
}

export function recusalLines({ raters }: RunPlan): string[] {
  return raters
    .filter(({ recused }) => recused > 0)
    .map(
      ({ rater, recused }) =>
        `${rater} is not asked ${amount(recused)} questions in which one author is of its own family (reconcile.same_family: recuse).`,
    );
}

function ownServerLine({ panel }: Job): string[] {
  const own = panel.filter((judge) => judge.price === null && isOwnServer(judge)).map(({ id }) => id);
  return own.length === 0
    ? []
    : [`A server on this machine is free by default: ${own.join(', ')}. Set \`price\` where it costs money.`];
}

/** Raters without a task: mostly their category or their reference occurs in no item. */
export function idleRaterLines({ raters }: RunPlan): string[] {
  const idle = raters.filter(({ tasks }) => tasks === 0).map(({ rater }) => rater);
  return idle.length === 0
    ? []
    : [`No task for ${idle.join(', ')}: check that their categories or references occur in the items.`];
}

/** The cost of an accepted pair depends on how many are accepted; at best one per item. */
function perItemLine({ items, itemsWithoutTasks }: RunPlan, { lowUsd, highUsd }: Totals): string[] {
  const asked = items - itemsWithoutTasks;
  if (asked === 0 || lowUsd === null || highUsd === null || highUsd === 0) return [];
  const each = range(lowUsd / asked, highUsd / asked);
  return [`An accepted pair costs ${each} if every item yields one, more otherwise.`];
}

function batchLine({ raters }: RunPlan): string[] {
  const batched = raters.filter((rater) => rater.batched === true).map(({ rater }) => rater);
  return batched.length === 0
    ? []
    : [`Called through batch APIs, at a discount and within a day: ${batched.join(', ')}.`];
}

type Totals = Omit<RaterPlan, 'rater' | 'kind' | 'model'>;

function row(name: string, plan: Totals): string[] {
  return [
    name,
    amount(plan.tasks),
    amount(plan.recorded),
    amount(plan.calls),
    amount(plan.inputTokens),
    amount(plan.outputTokens),
    plan.lowUsd === null || plan.highUsd === null ? 'unknown' : range(plan.lowUsd, plan.highUsd),
    plan.calls === 0 ? '-' : duration(plan.minutes * 60_000),
  ];
}

function range(low: number, high: number): string {
  return low === high ? dollars(low) : `${dollars(low)} - ${dollars(high)}`;
}

function totalOf(raters: readonly RaterPlan[], concurrency: number): Totals {
  const sum = (of: (rater: RaterPlan) => number) => raters.reduce((total, rater) => total + of(rater), 0);
  const sumOrNull = (of: (rater: RaterPlan) => number | null) =>
    raters.some((rater) => of(rater) === null) ? null : sum((rater) => of(rater)!);
  return {
    tasks: sum((rater) => rater.tasks),
    recorded: sum((rater) => rater.recorded),
    recused: sum((rater) => rater.recused),
    calls: sum((rater) => rater.calls),
    inputTokens: sum((rater) => rater.inputTokens),
    outputTokens: sum((rater) => rater.outputTokens),
    lowUsd: sumOrNull((rater) => rater.lowUsd),
    highUsd: sumOrNull((rater) => rater.highUsd),
    // Raters run at the same time, but share the concurrency limit.
    minutes: Math.max(
      minutesAtConcurrency(
        sum((rater) => rater.calls),
        concurrency,
      ),
      ...raters.map((rater) => rater.minutes),
    ),
  };
}

function budgetLine(maxUsd: number, sum: Totals): string {
  const limit = `The budget is ${dollars(maxUsd)}`;
  if (sum.highUsd === null || sum.lowUsd === null)
    return `${limit}, but prices are missing: the run will stop with an error.`;
  if (sum.highUsd <= maxUsd) return `${limit}: enough.`;
  return sum.lowUsd > maxUsd
    ? `${limit}: less than the lowest estimate.`
    : `${limit}: less than the highest estimate.`;
}
