import type { Price } from '../../../domain/job.ts';
import type { OpenBatch } from '../../../ports/batch-log.ts';
import type { BatchModel } from '../../../ports/batch-model.ts';
import type { ChatModel } from '../../../ports/chat-model.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { RetryPolicy } from '../../../ports/limiter.ts';
import type { RunStore } from '../../../ports/run-store.ts';

/** A lane that is asked in batches, and all that this takes. */
export interface BatchEndpoint {
  readonly run: string;
  readonly store: RunStore;
  readonly model: ChatModel;
  readonly batch: BatchModel;
  /** The usual price; a batch costs `batch.priceShare` of it. Null where it is unknown. */
  readonly price: Price | null;
  readonly retry: RetryPolicy;
  readonly clock: Clock;
  /** Aborted when nothing new may start; what is submitted is then left for the next process. */
  readonly signal: AbortSignal;
}

/** A batch whose provider's id is known and noted. */
export interface SubmittedBatch extends OpenBatch {
  readonly batch: string;
}

/** Longest time between two looks at a batch. */
export const longestPollMs = 60_000;
