import type { BudgetError } from '../../domain/errors.ts';
import type { Item } from '../../domain/item.ts';
import type { ProviderError } from '../../domain/provider-error.ts';
import type { Allocation } from '../../ports/allocation.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Dispatcher } from '../../ports/dispatcher.ts';
import type { Progress } from '../../ports/progress.ts';
import type { RunStore } from '../../ports/run-store.ts';
import type { ModelEndpoint, PanelMember } from '../calls/model-endpoint.ts';

export interface RunInput {
  /** Names the run in the store; the same name continues it. */
  readonly run: string;
  readonly items: () => AsyncIterable<Item> | Iterable<Item>;
  /** Number of items and rater tasks, for the progress. */
  readonly total: { readonly items: number; readonly tasks: number };
  readonly panel: readonly PanelMember[];
  readonly allocation: Allocation;
  readonly store: RunStore;
  readonly dispatcher?: Dispatcher;
  /** The most that the run, or one item of it, may cost; null is no limit. */
  readonly budget: { readonly maxUsd: number | null; readonly perItemUsd: number | null };
  /** Calls in flight, at most. */
  readonly concurrency: number;
  /** Hash of the work: a run that finished the same work is not repeated. Without a hash it always is. */
  readonly workHash?: string;
  /** Endpoints that are called through the provider's batch API; absent means none. Their models must have one. */
  readonly batched?: ReadonlySet<ModelEndpoint>;
  /** Repeat tasks that ended in an error vote. */
  readonly retryErrors: boolean;
  readonly clock: Clock;
  readonly progress?: Progress;
  /** Aborted to stop cleanly: calls in flight are completed and recorded. */
  readonly signal: AbortSignal;
}

/**
 * How a run ended without a failure.
 * @example
 * const isComplete = ({ refused, missing }: RunEnd) => refused === null && missing.size === 0;
 */
export interface RunEnd {
  /** The first budget that was reached; null when every task of the allocation was performed. */
  readonly refused: BudgetError | null;
  /** Tasks not performed because a budget was reached, by rater. */
  readonly missing: ReadonlyMap<string, number>;
  readonly items: number;
  /** Calls paid by this process, and replies served from the store. */
  readonly calls: number;
  readonly cached: number;
  /** The last failure of a call in this process, after its retries. */
  readonly lastFailure: ProviderError | null;
}
