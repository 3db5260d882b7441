import type { Vote } from '../domain/vote.ts';
import type { BatchLog } from './batch-log.ts';
import type { ReplyCache } from './reply-cache.ts';

/** A look that was taken: its votes and the replies that they were read from. */
export interface RecordedTask {
  readonly item: string;
  readonly rater: string;
  /** The look's id within (rater, item). */
  readonly task: string;
  /** Hash of the rater's fingerprint and the item's content; another value means that the look is stale. */
  readonly fingerprint: string;
  readonly votes: readonly Vote[];
  /** Keys of the replies, in the order asked. */
  readonly replies: readonly string[];
  /** What its replies cost when they were paid; null where a price is unknown. */
  readonly costUsd: number | null;
}

/** Money set aside for a call before it is made. */
export interface Hold {
  /** Unique within a claim of a run. */
  readonly id: number;
  readonly rater: string;
  readonly item: string;
  /** The most that the call can cost. */
  readonly usd: number;
}

/** What a rater's calls came to in a run. */
export interface RaterSpending {
  readonly rater: string;
  readonly usd: number;
  readonly calls: number;
  /** Calls whose price is unknown: not part of `usd`. */
  readonly unpricedCalls: number;
}

/** Money that a provider may have taken for a call whose end nobody saw: it counts as spent. */
export interface Forfeit {
  readonly rater: string;
  readonly item: string;
  readonly usd: number;
}

export interface Spending {
  readonly raters: readonly RaterSpending[];
  readonly forfeits: readonly Forfeit[];
}

export interface RunSummary {
  readonly run: string;
  readonly createdAt: string;
  readonly tasks: number;
}

/**
 * The durable state of runs. Every method that writes resolves when what it wrote would survive a power cut.
 * All methods throw StoreError when the store cannot be used: full, read-only, locked, of a newer version.
 */
export interface RunStore extends ReplyCache, BatchLog {
  /**
   * Takes a run for this process, creating it where it is new, and turns the holds of a dead process into forfeits.
   * The death of the process frees it. @throws StoreError while another process has it.
   */
  claim(run: string): Promise<void>;
  spending(run: string): Promise<Spending>;
  hold(run: string, hold: Hold): Promise<void>;
  /** Gives a hold back (`free`), or counts it as spent because the call may have been billed (`forfeit`). */
  settle(run: string, hold: number, how: 'free' | 'forfeit'): Promise<void>;
  recordTask(run: string, task: RecordedTask): Promise<void>;
  /** The looks recorded for these items, in no particular order. */
  tasksOf(run: string, items: readonly string[]): Promise<readonly RecordedTask[]>;
  /** Marks a run as finished with these items and raters, so that it is not walked through again for nothing. */
  finish(run: string, what: string): Promise<void>;
  /** What the run was last finished with; null where it never was. */
  finished(run: string): Promise<string | null>;
  runs(): Promise<readonly RunSummary[]>;
  /** Waits for what is being written and lets everything go. */
  close(): Promise<void>;
}
