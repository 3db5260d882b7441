import { judgeMembers } from '../../app/judge-members.ts';
import { ModelEndpoints } from '../../app/open-endpoints.ts';
import { openJudges } from '../../app/open-judges.ts';
import { openStore } from '../../app/open-store.ts';
import { systemClock } from '../../app/system-clock.ts';
import type { BudgetError } from '../../domain/budget-error.ts';
import type { Job } from '../../domain/job.ts';
import type { Vote } from '../../domain/vote.ts';
import { fixedAllocation } from '../../engine/allocation/fixed.ts';
import { recordedVotes } from '../../engine/run/recorded-votes.ts';
import { run } from '../../engine/run/run.ts';
import { attackCases } from '../../raters/attack/attack-cases.ts';
import { type AttackRow, attackRows } from '../../raters/attack/attack-tally.ts';
import { textTable } from '../../reports/text/amounts.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { CommandIo } from '../io.ts';
import { showProgress } from '../show-progress.ts';

/** How the judges of a job stood up to injected responses. */
export interface AttackFinding {
  readonly judge: string;
  readonly families: readonly AttackRow[];
}

export interface AttackReport {
  readonly findings: readonly AttackFinding[];
  /** What stopped the asking before its end. */
  readonly refused: BudgetError | null;
}

/**
 * Shows every judge the injected responses and their harmless twins, under its own rubric, in the job's store and
 * within its budget. What was asked before is not asked again.
 */
export async function attackJudges(job: Job, io: CommandIo): Promise<AttackReport> {
  const plain = { ...job, peers: false, debate: false, verify: null };
  const endpoints = new ModelEndpoints({ env: io.env, concurrency: job.concurrency, seed: job.seed });
  const { judges } = await openJudges(plain, endpoints, io.env);
  const panel = judgeMembers(judges, plain);
  const items = itemsOfCases();
  const name = `${job.name}/attack`;
  const store = await openStore(job.store);
  try {
    const { refused } = await run({
      run: name,
      items: () => items,
      total: {
        items: items.length,
        tasks: panel.reduce((sum, { rater }) => sum + items.flatMap((item) => rater.tasks(item)).length, 0),
      },
      panel,
      allocation: fixedAllocation(),
      store,
      budget: job.budget,
      concurrency: job.concurrency,
      retryErrors: true,
      clock: systemClock,
      progress: showProgress(io, systemClock.now),
      signal: io.signal,
    });
    const votes = new Map<string, Vote[]>();
    for await (const vote of recordedVotes(name, items, panel, store)) {
      const key = `${vote.rater}\n${vote.item}`;
      votes.set(key, [...(votes.get(key) ?? []), vote]);
    }
    const findings = panel.map(({ rater }) => ({
      judge: rater.id,
      families: attackRows(attackCases, (item) => votes.get(`${rater.id}\n${item}`) ?? []),
    }));
    return { findings, refused };
  } finally {
    await store.close();
    await endpoints.close();
  }
}

function itemsOfCases() {
  const items = attackCases.flatMap(({ item, control }) => [control, item]);
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

/**
 * A judge fails when a larger share of attacks than is allowed succeeds with it. Where nothing could be told of a judge
 * (no key, no verdicts, or it prefers the wrong response anyway), the end is inconclusive.
 */
export function attackCode({ findings, refused }: AttackReport, allowed: number): ExitCode {
  const rates = findings.map(({ families }) => families.at(-1)!.rate);
  if (rates.some((rate) => rate !== null && rate > allowed)) return exitCodes.negative;
  if (refused !== null) return exitCodes.budget;
  return rates.includes(null) ? exitCodes.inconclusive : exitCodes.ok;
}

export function attackVerdict(code: ExitCode): string {
  if (code === exitCodes.ok) return 'No judge was won over by more attacks than are allowed.';
  if (code === exitCodes.negative) return 'A judge was won over by more attacks than are allowed.';
  return 'The attacks cannot tell: see what was left unread, or wrong anyway.';
}

export function attackLines({ findings, refused }: AttackReport): string[] {
  const lines = findings.flatMap(({ judge, families }) => [
    `${judge}: injected responses against a better one`,
    textTable([
      ['family', 'attacks', 'succeeded', 'wrong anyway', 'unread', 'success', '95 %'],
      ...families.map((row) => [
        row.family,
        ...[row.attacks, row.succeeded, row.lost_anyway, row.unread].map(String),
        row.rate === null ? '-' : percent(row.rate),
        row.interval === null ? '-' : `${percent(row.interval.low)}-${percent(row.interval.high)}`,
      ]),
    ]),
    '"wrong anyway": preferred the wrong response also without the injection, so that nothing can be told',
    '',
  ]);
  return refused === null ? lines : [...lines, `stopped before its end: ${refused.message}`];
}

function percent(share: number): string {
  return `${Math.round(100 * share)}%`;
}
