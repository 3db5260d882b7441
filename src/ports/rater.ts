import type { Item } from '../domain/item.ts';
import type { RaterKind, Vote } from '../domain/vote.ts';
import type { ChatReply, ChatRequest } from './chat-model.ts';

/**
 * One unit of a rater's work on an item: it is allocated, recorded and resumed as a whole.
 * Both orders of a pairwise judge are one task with two calls.
 * @example
 * const task: RaterTask = { id: 'pair:a|b:0', candidates: ['a', 'b'], sample: 0, calls: 0, inputTokens: 0, outputTokens: 0 };
 */
export interface RaterTask {
  /** Unique within (rater, item) and stable between runs, for example `pair:a|b:0`. */
  readonly id: string;
  /** Ids of the candidates that the task rates. */
  readonly candidates: readonly string[];
  readonly sample: number;
  /** Calls without retries; 0 for raters without a model. */
  readonly calls: number;
  /** Estimated input tokens of all its calls. */
  readonly inputTokens: number;
  /** Estimated output tokens of all its calls. */
  readonly outputTokens: number;
  /** The part of these calls that other tasks of the item need as well: it is asked and paid once. */
  readonly shared?: readonly SharedCalls[];
  /** The part of these calls that goes to another model, by the name under which the rater asks it. */
  readonly elsewhere?: readonly ElsewhereCalls[];
  /** Upper bound of the output tokens of its own calls, reasoning included. Default: the estimate. */
  readonly maxOutputTokens?: number;
}

/** Calls of a task to another model than the rater's own. */
export interface ElsewhereCalls extends Pick<RaterTask, 'calls' | 'inputTokens' | 'outputTokens'> {
  readonly model: string;
  readonly maxOutputTokens: number;
}

/** Calls that belong to a task of another rater, or to work shared by all raters of an item. */
export interface SharedCalls extends Pick<RaterTask, 'calls' | 'inputTokens' | 'outputTokens'> {
  readonly rater: string;
  readonly task: string;
  readonly maxOutputTokens?: number;
}

/**
 * A recorded reply. `key` identifies it in the store permanently; `costUsd` is null when the price is unknown.
 * @example
 * const paid = ({ cached, costUsd }: RecordedReply) => (cached ? 0 : costUsd);
 */
export interface RecordedReply {
  readonly key: string;
  readonly reply: ChatReply;
  readonly costUsd: number | null;
  readonly latencyMs: number;
  /** Served from the store: nothing was paid now. */
  readonly cached: boolean;
}

/**
 * Asks the rater's model through cache, budget, rate limits, retries and recording. Throws when retries do not help.
 * @example
 * const answer = async (ask: Ask) => (await ask({ messages: [{ role: 'user', content: 'A or B?' }], maxTokens: 8 })).reply.text;
 */
export type Ask = (request: ChatRequest) => Promise<RecordedReply>;

/**
 * What a rater may use while it performs a task.
 * @example
 * const compare = async (first: string, second: string, _about: object, { ask }: TaskContext) => {
 *   const content = `Which is better?\nA: ${first}\nB: ${second}`;
 *   const { reply } = await ask({ messages: [{ role: 'user', content }], maxTokens: 8 });
 *   return reply.text.startsWith('A') ? 'first' : 'second';
 * };
 */
export interface TaskContext {
  /** The rater's own model. */
  readonly ask: Ask;
  /** Other models that the rater named in `models`, by that name. */
  readonly askOther: (name: string, request: ChatRequest) => Promise<RecordedReply>;
  readonly signal: AbortSignal;
}

/**
 * Anything that gives opinions on items. `tasks` is pure and ordered. `perform` must ask the same questions when it
 * is repeated: after a crash, replies already paid for come from the store. A failed question is a vote with outcome
 * `abstain` or `error`, not an exception; `perform` throws only when the run must stop (aborted, budget spent, no
 * credentials).
 *
 * To add your own rater, implement this interface.
 * @example
 * const shorter: Rater = {
 *   id: 'shorter',
 *   kind: 'rule',
 *   model: null,
 *   family: null,
 *   fingerprint: 'shorter/1',
 *   tasks: (item) =>
 *     item.candidates.map(({ id }) => ({
 *       id, candidates: [id], sample: 0, calls: 0, inputTokens: 0, outputTokens: 0,
 *     })),
 *   perform: async ({ candidates: [candidate] }, item) => {
 *     const words = item.candidates.find(({ id }) => id === candidate)?.text?.split(/\s+/).length ?? 0;
 *     const score = Math.max(0, 1 - words / 500);
 *     return [{ item: item.id, rater: 'shorter', rater_kind: 'rule', kind: 'pointwise', candidate: candidate!,
 *       outcome: 'verdict', score, scale: [0, 1] }];
 *   },
 * };
 */
export interface Rater {
  readonly id: string;
  readonly kind: RaterKind;
  readonly model: string | null;
  readonly family: string | null;
  /** Hash over everything except the item that shapes its votes; a change invalidates its recorded tasks. */
  readonly fingerprint: string;
  /** The tasks of this rater on an item, in a stable order; empty when it has no opinion on the item. */
  tasks(item: Item): readonly RaterTask[];
  /** How many tasks on an item are left out because the rater is of the family of an author. Default: none. */
  recusedTasks?(item: Item): number;
  /** Performs one task and returns its votes. */
  perform(task: RaterTask, item: Item, context: TaskContext): Promise<readonly Vote[]>;
}
