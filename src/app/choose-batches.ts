import type { Job } from '../domain/job.ts';
import type { ModelEndpoint, PanelMember } from '../engine/calls/model-endpoint.ts';
import type { RunPlan } from '../engine/run/plan.ts';
import { batchOf } from '../ports/batch-model.ts';

/** With `mode: auto`, fewer calls are not worth a wait of up to a day. */
const worthwhileCalls = 1000;
/** Tasks in progress at once: batches are large and memory stays bounded. */
const batchWindow = 5000;

/** The endpoints called through batch APIs, and the tasks in progress at once. */
export interface ChosenBatches {
  readonly endpoints: ReadonlySet<ModelEndpoint>;
  readonly concurrency: number;
  /** Raters called synchronously in batch mode: their provider has no batch API. */
  readonly live: readonly string[];
  /** The plan, at the prices that will be paid. */
  readonly plan: RunPlan;
}

/** `batch` batches every endpoint that has a batch API, `auto` only those with many calls, `live` none. */
export function chooseBatches(
  { mode, concurrency }: Pick<Job, 'mode' | 'concurrency'>,
  members: readonly PanelMember[],
  plan: RunPlan,
): ChosenBatches {
  const calls = new Map<ModelEndpoint, number>();
  members.forEach(({ endpoint }, index) => {
    if (endpoint !== null) calls.set(endpoint, (calls.get(endpoint) ?? 0) + (plan.raters[index]?.calls ?? 0));
  });
  const endpoints = new Set<ModelEndpoint>();
  for (const [endpoint, count] of mode === 'live' ? [] : calls) {
    if (batchOf(endpoint.model) !== null && (mode === 'batch' || count >= worthwhileCalls))
      endpoints.add(endpoint);
  }
  const live = members.flatMap(({ rater, endpoint }) =>
    endpoint !== null && !endpoints.has(endpoint) ? [rater.id] : [],
  );
  return {
    endpoints,
    concurrency: endpoints.size === 0 ? concurrency : Math.max(concurrency, batchWindow),
    live: mode === 'batch' ? live : [],
    plan: atBatchPrices(plan, members, endpoints),
  };
}

function atBatchPrices(
  plan: RunPlan,
  members: readonly PanelMember[],
  endpoints: ReadonlySet<ModelEndpoint>,
): RunPlan {
  const raters = plan.raters.map((rater, index) => {
    const endpoint = members[index]?.endpoint ?? null;
    if (endpoint === null || !endpoints.has(endpoint)) return rater;
    const share = batchOf(endpoint.model)?.priceShare ?? 1;
    const shared = (usd: number | null) => (usd === null ? null : usd * share);
    return { ...rater, batched: true, lowUsd: shared(rater.lowUsd), highUsd: shared(rater.highUsd) };
  });
  return { ...plan, raters };
}
