import type { Job } from '../domain/job.ts';
import type { Lane, PanelMember } from '../engine/calls/lane.ts';
import type { RunPlan } from '../engine/run/plan.ts';
import { batchOf } from '../ports/batch-model.ts';

/** With `mode: auto`, fewer calls than this are not worth waiting up to a day for. */
const worthwhileCalls = 1000;
/** Questions under way at once, so that batches are large and memory stays bounded. */
const batchWindow = 5000;

/** Who is asked in batches, and how many questions may then be under way. */
export interface ChosenBatches {
  readonly lanes: ReadonlySet<Lane>;
  readonly concurrency: number;
  /** Raters whose provider has no batch interface although batches were asked for. */
  readonly live: readonly string[];
  /** The plan, at the prices that will be paid. */
  readonly plan: RunPlan;
}

/** `batch` puts everything into batches that can be, `auto` only lanes with much to ask, `live` nothing. */
export function chooseBatches(
  { mode, concurrency }: Pick<Job, 'mode' | 'concurrency'>,
  members: readonly PanelMember[],
  plan: RunPlan,
): ChosenBatches {
  const calls = new Map<Lane, number>();
  members.forEach(({ lane }, index) => {
    if (lane !== null) calls.set(lane, (calls.get(lane) ?? 0) + (plan.raters[index]?.calls ?? 0));
  });
  const lanes = new Set<Lane>();
  for (const [lane, count] of mode === 'live' ? [] : calls) {
    if (batchOf(lane.model) !== null && (mode === 'batch' || count >= worthwhileCalls)) lanes.add(lane);
  }
  const live = members.flatMap(({ rater, lane }) => (lane !== null && !lanes.has(lane) ? [rater.id] : []));
  return {
    lanes,
    concurrency: lanes.size === 0 ? concurrency : Math.max(concurrency, batchWindow),
    live: mode === 'batch' ? live : [],
    plan: atBatchPrices(plan, members, lanes),
  };
}

function atBatchPrices(plan: RunPlan, members: readonly PanelMember[], lanes: ReadonlySet<Lane>): RunPlan {
  const raters = plan.raters.map((rater, index) => {
    const lane = members[index]?.lane ?? null;
    if (lane === null || !lanes.has(lane)) return rater;
    const share = batchOf(lane.model)?.priceShare ?? 1;
    const shared = (usd: number | null) => (usd === null ? null : usd * share);
    return { ...rater, batched: true, lowUsd: shared(rater.lowUsd), highUsd: shared(rater.highUsd) };
  });
  return { ...plan, raters };
}
