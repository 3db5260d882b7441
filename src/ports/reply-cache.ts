import type { ChatReply, ChatRequest } from './chat-model.ts';

/** A paid reply with its request; immutable once recorded. */
export interface StoredReply {
  /** Hash over everything that shaped the reply; see engine/calls/reply-key.ts. */
  readonly key: string;
  readonly provider: string;
  readonly model: string;
  readonly baseUrl: string;
  readonly request: Omit<ChatRequest, 'task'>;
  readonly reply: ChatReply;
  /** Null when the price is unknown. */
  readonly costUsd: number | null;
  readonly latencyMs: number;
  /** RFC 3339, UTC. */
  readonly at: string;
}

/** For whom a reply was paid, and the budget hold that reserved its price. */
export interface Payment {
  readonly run: string;
  readonly rater: string;
  readonly item: string;
  readonly hold: number | null;
}

/** A reply without its request: enough to answer a repeated question. */
export type PaidReply = Pick<StoredReply, 'key' | 'reply' | 'costUsd' | 'latencyMs'>;

/** Recorded replies by request key. A reply that was paid once is served from here permanently. */
export interface ReplyCache {
  findReply(key: string): Promise<StoredReply | null>;
  /** Like `findReply` without the request, which is faster. */
  findPaidReply(key: string): Promise<PaidReply | null>;
  /** Stores the reply, books its cost and releases its hold in one transaction; resolves once that is durable. */
  recordReply(reply: StoredReply, payment: Payment): Promise<void>;
}
