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

/** Replies by what was asked. What was paid once is served for ever. */
export interface ReplyCache {
  findReply(key: string): Promise<StoredReply | null>;
  /** Resolves when the reply is durable, its cost booked and its hold gone: in one transaction. */
  recordReply(reply: StoredReply, payment: Payment): Promise<void>;
}
