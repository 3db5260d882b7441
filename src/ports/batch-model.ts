import type { ProviderError } from '../domain/provider-error.ts';
import type { ChatModel, ChatReply, ChatRequest } from './chat-model.ts';

/** A question of a batch. `customId` is globally unique and comes back with the answer. */
export interface BatchQuestion {
  readonly customId: string;
  readonly request: ChatRequest;
}

/** The result of one question. `unanswered`: expired or cancelled, and not billed. */
export type BatchAnswer =
  | { readonly customId: string; readonly outcome: 'reply'; readonly reply: ChatReply }
  | { readonly customId: string; readonly outcome: 'failed'; readonly error: ProviderError }
  | { readonly customId: string; readonly outcome: 'unanswered' };

/** A batch that a process planned to submit, used to find out whether it did. */
export interface BatchIntent {
  /** Name of the batch; the custom id of each of its questions begins with it. */
  readonly intent: string;
  /** When it was planned, in milliseconds since the epoch. */
  readonly atMs: number;
  readonly questions: number;
  /** Provider ids of batches that are known to belong to other intents. */
  readonly others: readonly string[];
}

/** `perhaps`: a batch of this shape is in progress; only its answers can identify it. */
export type BatchSearch =
  | { readonly found: 'yes'; readonly batch: string }
  | { readonly found: 'no' | 'perhaps' };

/** Progress of a submitted batch, as counts of questions. */
export interface BatchProgress {
  readonly ended: boolean;
  readonly done: number;
  readonly total: number;
}

interface Call {
  readonly signal: AbortSignal;
}

/** A provider's batch API: many questions in one submission, usually answered within a day at a reduced price. */
export interface BatchModel {
  /** Fraction of the synchronous price, for example 0.5. */
  readonly priceShare: number;
  /** Maximum size of one batch. */
  readonly limits: { readonly questions: number; readonly bytes: number };
  /** Size of a question in the provider's batch format, in bytes. */
  bytesOf(question: BatchQuestion): number;
  /** @returns the provider's batch id. @throws ProviderError; after a network error the batch may exist nevertheless. */
  submit(intent: string, questions: readonly BatchQuestion[], call: Call): Promise<string>;
  /** Searches for a batch whose id a crashed process could not record. */
  find(intent: BatchIntent, call: Call): Promise<BatchSearch>;
  progress(batch: string, call: Call): Promise<BatchProgress>;
  /** The answers of an ended batch, in any order. Some may be missing or duplicated. */
  answers(batch: string, call: Call): Promise<readonly BatchAnswer[]>;
}

/** A model whose provider also has a batch API. */
export interface BatchingChatModel extends ChatModel {
  readonly batch: BatchModel;
}

/** The batch API of a model; null if its provider has none. */
export function batchOf(model: ChatModel): BatchModel | null {
  return 'batch' in model ? (model as BatchingChatModel).batch : null;
}
