import type { ChatReply, ChatRequest } from './chat-model.ts';

/** A reply that was paid for, with what was asked; never changed once recorded. */
export interface StoredReply {
  /** Hash over everything that shaped the reply; see engine/reply-key.ts. */
  readonly key: string;
  readonly provider: string;
  readonly model: string;
  readonly baseUrl: string;
  readonly request: Omit<ChatRequest, 'task'>;
  readonly reply: ChatReply;
  /** Null where the price is unknown. */
  readonly costUsd: number | null;
  readonly latencyMs: number;
  /** RFC 3339, UTC. */
  readonly at: string;
}

/** On whose behalf a reply was paid, and the hold that its price was reserved with. */
export interface Payment {
  readonly run: string;
  readonly rater: string;
  readonly item: string;
  readonly hold: number | null;
}

/** A reply without what was asked: all that a question needs that is asked again. */
export type PaidReply = Pick<StoredReply, 'key' | 'reply' | 'costUsd' | 'latencyMs'>;

/** Replies by what was asked. What was paid once is served for ever. */
export interface ReplyCache {
  findReply(key: string): Promise<StoredReply | null>;
  /** The same, read quicker. */
  findPaidReply(key: string): Promise<PaidReply | null>;
  /** Resolves when the reply is durable, its cost booked and its hold gone: in one transaction. */
  recordReply(reply: StoredReply, payment: Payment): Promise<void>;
}
