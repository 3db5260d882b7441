import type { BudgetError } from '../../domain/errors.ts';
import type { Job } from '../../domain/job.ts';
import type { Vote } from '../../domain/vote.ts';
import type { PanelMember } from '../../engine/calls/model-endpoint.ts';
import { planRun } from '../../engine/run/plan.ts';
import { recordedVotes } from '../../engine/run/recorded-votes.ts';
import { run } from '../../engine/run/run.ts';
import type { PairedItem } from '../../gate/evaluation/paired-item.ts';
import type { RunStore } from '../../ports/run-store.ts';
import { chooseBatches } from '../choose-batches.ts';
import { type AppContext, progressEvents } from '../context.ts';
import { openAllocation, openCalibration } from '../open-allocation.ts';
import { openPanel } from '../open-panel.ts';
import { openStore } from '../open-store.ts';
import type { GateParts } from '../parts.ts';
import type { VoteSource } from './vote-source.ts';
import { panelRubrics } from './write-baseline.ts';

/**
 * Asks a job's panel about the two responses through the engine: the same store, budget, cache and resume as a run.
 * @param responses identifies the comparison, so that the same one resumes where it stopped
 */
export async function panelSource(
  job: Job,
  responses: string,
  context: AppContext,
  options: { readonly allowCommands: boolean; readonly retryErrors: boolean; readonly parts: GateParts },
): Promise<VoteSource> {
  const panel = await openPanel(job, context.env, options, options.parts);
  for (const absence of panel.absent) context.onEvent({ type: 'notice', text: `skipped: ${absence}` });
  const name = `${job.name}/gate/${responses.slice(0, 16)}`;
  const free = panel.members.filter(({ endpoint }) => endpoint === null);
  const paid = panel.members.filter(({ endpoint }) => endpoint !== null);
  let refused: BudgetError | null = null;

  async function* votesOf(
    members: readonly PanelMember[],
    items: readonly PairedItem[],
  ): AsyncGenerator<Vote> {
    if (members.length === 0 || refused !== null) return;
    // opened anew each time: a store keeps its run locked until it is closed
    const store = await openStore(job.store);
    try {
      const { retryErrors } = options;
      refused = await askMembers(job, { name, members, items, store, retryErrors }, context);
      yield* recordedVotes(name, items, members, store);
    } finally {
      await store.close();
    }
  }

  return {
    check: (items) => votesOf(free, items),
    ask: (items) => votesOf(paid, items),
    get refused() {
      return refused;
    },
    rubrics: panelRubrics(job),
    async costUsd() {
      const store = await openStore(job.store);
      try {
        return await spentOn(name, store);
      } finally {
        await store.close();
      }
    },
    close: () => panel.close(),
  };
}

async function askMembers(
  job: Job,
  asked: {
    readonly name: string;
    readonly members: readonly PanelMember[];
    readonly items: readonly PairedItem[];
    readonly store: RunStore;
    readonly retryErrors: boolean;
  },
  context: AppContext,
): Promise<BudgetError | null> {
  const { name, members, items, store, retryErrors } = asked;
  const { concurrency } = job;
  const everything = await planRun({ run: name, items, panel: members, concurrency, store: null });
  const batches = chooseBatches(job, members, everything);
  const calibration = await openCalibration(job.calibration);
  const end = await run({
    run: name,
    items: () => items,
    total: { items: items.length, tasks: everything.tasks },
    panel: members,
    allocation: await openAllocation(job, items.length, calibration?.panel ?? null),
    store,
    budget: job.budget,
    concurrency: batches.concurrency,
    batched: batches.endpoints,
    retryErrors,
    clock: context.clock,
    progress: progressEvents(context),
    signal: context.signal,
  });
  return end.refused;
}

async function spentOn(name: string, store: RunStore): Promise<number | null> {
  const { raters, forfeits } = await store.spending(name);
  if (raters.some(({ unpricedCalls }) => unpricedCalls > 0)) return null;
  return [...raters, ...forfeits].reduce((sum, { usd }) => sum + usd, 0);
}
