import { chooseBatches } from '../../app/choose-batches.ts';
import { openAllocation } from '../../app/open-allocation.ts';
import { openCalibration } from '../../app/open-calibration.ts';
import { openPanel } from '../../app/open-panel.ts';
import { openStore } from '../../app/open-store.ts';
import { systemClock } from '../../app/system-clock.ts';
import type { BudgetError } from '../../domain/budget-error.ts';
import type { Job } from '../../domain/job.ts';
import type { Vote } from '../../domain/vote.ts';
import type { PanelMember } from '../../engine/calls/model-endpoint.ts';
import { planRun } from '../../engine/run/plan.ts';
import { recordedVotes } from '../../engine/run/recorded-votes.ts';
import { run } from '../../engine/run/run.ts';
import type { PairedItem } from '../../gate/evaluation/paired-item.ts';
import type { RunStore } from '../../ports/run-store.ts';
import { type CommandIo, note } from '../io.ts';
import { showProgress } from '../show-progress.ts';
import { panelRubrics } from './panel-rubrics.ts';
import type { VoteSource } from './vote-source.ts';

/**
 * Asks a job's panel about the two responses, through the engine: the same store, budget, cache and resume as a run.
 * @param responses names the comparison, so that the same one goes on where it stopped
 */
export async function panelSource(
  io: CommandIo,
  job: Job,
  responses: string,
  options: { readonly allowCommands: boolean; readonly retryErrors: boolean },
): Promise<VoteSource> {
  const panel = await openPanel(job, io.env, options);
  for (const absence of panel.absent) note(io, `left out: ${absence}`);
  const name = `${job.name}/gate/${responses.slice(0, 16)}`;
  const free = panel.members.filter(({ endpoint }) => endpoint === null);
  const paid = panel.members.filter(({ endpoint }) => endpoint !== null);
  let refused: BudgetError | null = null;

  async function* votesOf(
    members: readonly PanelMember[],
    items: readonly PairedItem[],
  ): AsyncGenerator<Vote> {
    if (members.length === 0 || refused !== null) return;
    // opened anew each time: a store holds on to its run until it is closed
    const store = await openStore(job.store);
    try {
      refused = await askMembers(io, job, { name, members, items, store, retryErrors: options.retryErrors });
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
  io: CommandIo,
  job: Job,
  asked: {
    readonly name: string;
    readonly members: readonly PanelMember[];
    readonly items: readonly PairedItem[];
    readonly store: RunStore;
    readonly retryErrors: boolean;
  },
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
    clock: systemClock,
    progress: showProgress(io, systemClock.now),
    signal: io.signal,
  });
  return end.refused;
}

async function spentOn(name: string, store: RunStore): Promise<number | null> {
  const { raters, forfeits } = await store.spending(name);
  if (raters.some(({ unpricedCalls }) => unpricedCalls > 0)) return null;
  return [...raters, ...forfeits].reduce((sum, { usd }) => sum + usd, 0);
}
