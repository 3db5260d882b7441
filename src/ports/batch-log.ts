import type { ChatRequest } from './chat-model.ts';

/** A question in a batch, with the rater and item that it belongs to. */
export interface BatchedQuestion {
  readonly customId: string;
  /** Key of the reply, see ReplyCache. */
  readonly key: string;
  readonly rater: string;
  readonly item: string;
  readonly request: Omit<ChatRequest, 'task'>;
}

/** A batch that is planned or submitted and not yet collected. */
export interface OpenBatch {
  readonly intent: string;
  readonly provider: string;
  readonly baseUrl: string;
  readonly model: string;
  /** When it was planned, in milliseconds since the epoch. */
  readonly atMs: number;
  /** The provider's id; null while it is unknown whether the batch was submitted. */
  readonly batch: string | null;
  readonly questions: readonly BatchedQuestion[];
}

/**
 * The durable record of open batches. After kill -9 the next process collects them instead of asking again.
 * Writing methods resolve once the write would survive a power cut.
 */
export interface BatchLog {
  /** Called before the batch is submitted. */
  openBatch(run: string, batch: OpenBatch): Promise<void>;
  /** Records the provider's id of a submitted batch. */
  nameBatch(run: string, intent: string, batch: string): Promise<void>;
  /** Called once every answer is recorded, or the batch certainly does not exist. */
  closeBatch(run: string, intent: string): Promise<void>;
  /** Open batches in the order in which they were opened. */
  openBatches(run: string): Promise<readonly OpenBatch[]>;
}
