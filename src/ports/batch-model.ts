import type { ProviderError } from '../domain/provider-error.ts';
import type { ChatModel, ChatReply, ChatRequest } from './chat-model.ts';

/** A question of a batch. `customId` is unique for ever: it comes back with the answer. */
export interface BatchQuestion {
  readonly customId: string;
  readonly request: ChatRequest;
}

/** What became of a question. `unanswered`: expired or cancelled, and not billed. */
export type BatchAnswer =
  | { readonly customId: string; readonly outcome: 'reply'; readonly reply: ChatReply }
  | { readonly customId: string; readonly outcome: 'failed'; readonly error: ProviderError }
  | { readonly customId: string; readonly outcome: 'unanswered' };

/** A batch that was to be submitted, for finding out whether it was. */
export interface BatchIntent {
  /** Its name; every custom id of its questions begins with it. */
  readonly intent: string;
  /** When it was decided, in milliseconds since the epoch. */
  readonly atMs: number;
  readonly questions: number;
  /** The provider's ids of batches that are known to be others. */
  readonly others: readonly string[];
}

/** `perhaps`: a batch like this one is under way, and only its answers will tell. */
export type BatchSearch =
  | { readonly found: 'yes'; readonly batch: string }
  | { readonly found: 'no' | 'perhaps' };

export interface BatchProgress {
  readonly ended: boolean;
  readonly done: number;
  readonly total: number;
}

interface Call {
  readonly signal: AbortSignal;
}

/** A provider's batch interface: many questions at once, answered within a day, for less money. */
export interface BatchModel {
  /** Share of the usual price, for example 0.5. */
  readonly priceShare: number;
  /** The most that one batch may hold. */
  readonly limits: { readonly questions: number; readonly bytes: number };
  bytesOf(question: BatchQuestion): number;
  /** @returns the provider's id. @throws ProviderError; a batch may exist all the same after a network error. */
  submit(intent: string, questions: readonly BatchQuestion[], call: Call): Promise<string>;
  /** Looks for a batch that a process submitted and could not note down. */
  find(intent: BatchIntent, call: Call): Promise<BatchSearch>;
  progress(batch: string, call: Call): Promise<BatchProgress>;
  /** The answers of an ended batch, in any order, as the provider has them: some may be missing or come twice. */
  answers(batch: string, call: Call): Promise<readonly BatchAnswer[]>;
}

/** A model that can also be asked in batches. */
export interface BatchingChatModel extends ChatModel {
  readonly batch: BatchModel;
}

/** The batch interface of a model; null where its provider has none. */
export function batchOf(model: ChatModel): BatchModel | null {
  return 'batch' in model ? (model as BatchingChatModel).batch : null;
}
