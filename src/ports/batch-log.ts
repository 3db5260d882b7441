import type { ChatRequest } from './chat-model.ts';

/** A question that was put into a batch, and on whose behalf. */
export interface BatchedQuestion {
  readonly customId: string;
  /** The reply's key, see ReplyCache. */
  readonly key: string;
  readonly rater: string;
  readonly item: string;
  readonly request: Omit<ChatRequest, 'task'>;
}

/** A batch that is decided on and not yet done with. */
export interface OpenBatch {
  readonly intent: string;
  readonly provider: string;
  readonly baseUrl: string;
  readonly model: string;
  /** When it was decided, in milliseconds since the epoch. */
  readonly atMs: number;
  /** The provider's id; null while it is not known that the batch was submitted. */
  readonly batch: string | null;
  readonly questions: readonly BatchedQuestion[];
}

/**
 * What a process must remember of its batches, so that after kill -9 the next one collects them instead of asking
 * again. Methods that write resolve when what they wrote would survive a power cut.
 */
export interface BatchLog {
  /** Before anything is submitted. */
  openBatch(run: string, batch: OpenBatch): Promise<void>;
  nameBatch(run: string, intent: string, batch: string): Promise<void>;
  /** When every answer is recorded, or the batch certainly does not exist. */
  closeBatch(run: string, intent: string): Promise<void>;
  /** In the order in which they were opened. */
  openBatches(run: string): Promise<readonly OpenBatch[]>;
}
