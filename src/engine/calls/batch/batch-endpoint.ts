import type { Price } from '../../../domain/job.ts';
import type { OpenBatch } from '../../../ports/batch-log.ts';
import type { BatchModel } from '../../../ports/batch-model.ts';
import type { ChatModel } from '../../../ports/chat-model.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { RetryPolicy } from '../../../ports/limiter.ts';
import type { RunStore } from '../../../ports/run-store.ts';

/** An endpoint called through the provider's batch API, with everything a batch needs. */
export interface BatchEndpoint {
  readonly run: string;
  readonly store: RunStore;
  readonly model: ChatModel;
  readonly batch: BatchModel;
  /** The usual price; a batch costs `batch.priceShare` of it. Null where it is unknown. */
  readonly price: Price | null;
  readonly retry: RetryPolicy;
  readonly clock: Clock;
  /** Aborted when nothing new may start; submitted batches are then left for the next process. */
  readonly signal: AbortSignal;
}

/** A batch whose provider id is known and stored. */
export interface SubmittedBatch extends OpenBatch {
  readonly batch: string;
}

/** Longest interval between two polls of a batch. */
export const maxPollMs = 60_000;
