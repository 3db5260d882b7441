import type { Item } from '../domain/item.ts';
import type { RaterKind, Vote } from '../domain/vote.ts';
import type { ChatReply, ChatRequest } from './chat-model.ts';

/**
 * One unit of a rater's work on an item: what is allocated, recorded and resumed as a whole.
 * Both orders of a pairwise judge are one look with two calls.
 */
export interface RaterTask {
  /** Unique within (rater, item) and stable between runs, for example `pair:a|b:0`. */
  readonly id: string;
  /** The candidates it says something about. */
  readonly candidates: readonly string[];
  readonly sample: number;
  /** Calls it makes when nothing goes wrong; 0 for raters without a model. */
  readonly calls: number;
  /** Estimated tokens of all its calls together. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** What of all this other looks at the item need as well: it is asked once, and paid once. */
  readonly shared?: readonly SharedCalls[];
}

/** Calls that belong to a look of another rater, or to work done once for all of them. */
export interface SharedCalls extends Pick<RaterTask, 'calls' | 'inputTokens' | 'outputTokens'> {
  readonly rater: string;
  readonly task: string;
}

/** A recorded reply: `key` names it in the store for ever; money is null where the price is unknown. */
export interface RecordedReply {
  readonly key: string;
  readonly reply: ChatReply;
  readonly costUsd: number | null;
  readonly latencyMs: number;
  /** Served from the record: nothing was paid now. */
  readonly cached: boolean;
}

/** Asks the rater's model through cache, budget, limits, retry and record. Throws what cannot be retried. */
export type Ask = (request: ChatRequest) => Promise<RecordedReply>;

/** What a rater is given to take a look with. */
export interface TaskContext {
  /** The rater's own model. */
  readonly ask: Ask;
  /** Other models that the rater named in `models`, by that name. */
  readonly askOther: (name: string, request: ChatRequest) => Promise<RecordedReply>;
  readonly signal: AbortSignal;
}

/**
 * Anything that gives opinions on items. `tasks` is pure and ordered; `perform` must ask the same questions again
 * when it is run again (it is, after a crash: replies already paid for then come from the record).
 * A question that failed is a vote with outcome `abstain` or `error`, not an exception; `perform` throws only when
 * the run itself must stop (aborted, budget spent, no credentials).
 */
export interface Rater {
  readonly id: string;
  readonly kind: RaterKind;
  readonly model: string | null;
  readonly family: string | null;
  /** Hash over everything but the item that shapes its votes; a change makes its recorded looks stale. */
  readonly fingerprint: string;
  tasks(item: Item): readonly RaterTask[];
  perform(task: RaterTask, item: Item, context: TaskContext): Promise<readonly Vote[]>;
}
