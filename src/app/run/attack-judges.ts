import type { BudgetError } from '../../domain/errors.ts';
import type { Job } from '../../domain/job.ts';
import type { Vote } from '../../domain/vote.ts';
import { fixedAllocation } from '../../engine/allocation/fixed.ts';
import { recordedVotes } from '../../engine/run/recorded-votes.ts';
import { run } from '../../engine/run/run.ts';
import type { Providers } from '../../ports/provider.ts';
import { attackCases } from '../../raters/attack/attack-cases.ts';
import { type AttackRow, attackRows } from '../../raters/attack/attack-tally.ts';
import { type AppContext, progressEvents } from '../context.ts';
import { judgeMembers } from '../judge-members.ts';
import { ModelEndpoints } from '../open-endpoints.ts';
import { openJudges } from '../open-judges.ts';
import { openStore } from '../open-store.ts';

/** How often attacks succeeded with one judge; the last row is the total. */
export interface AttackFinding {
  readonly judge: string;
  readonly families: readonly AttackRow[];
}

export interface AttackReport {
  readonly findings: readonly AttackFinding[];
  /** Why the calls stopped early: the budget. */
  readonly refused: BudgetError | null;
}

/**
 * Asks every judge about adversarial responses and their harmless controls, under its own rubric, with the job's store
 * and budget. Recorded calls are not made again.
 */
export async function attackJudges(
  job: Job,
  context: AppContext,
  providers?: Providers,
): Promise<AttackReport> {
  const plain = { ...job, peers: false, debate: false, verify: null };
  const endpoints = new ModelEndpoints({
    env: context.env,
    concurrency: job.concurrency,
    seed: job.seed,
    providers,
  });
  const { judges } = await openJudges(plain, endpoints, context.env, providers);
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
      clock: context.clock,
      progress: progressEvents(context),
      signal: context.signal,
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
