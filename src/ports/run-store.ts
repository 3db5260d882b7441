import type { Vote } from '../domain/vote.ts';
import type { BatchLog } from './batch-log.ts';
import type { ReplyCache } from './reply-cache.ts';

/**
 * A performed task: its votes and the replies that they were parsed from.
 * @example
 * const recorded: RecordedTask = {
 *   item: 'q1',
 *   rater: 'judge',
 *   task: 'pair:a|b:0',
 *   fingerprint: 'sha256:…',
 *   votes: [],
 *   replies: [],
 *   costUsd: 0,
 * };
 */
export interface RecordedTask {
  readonly item: string;
  readonly rater: string;
  /** The task's id within (rater, item). */
  readonly task: string;
  /** Hash of the rater's fingerprint and the item's content; with another value the task is stale. */
  readonly fingerprint: string;
  readonly votes: readonly Vote[];
  /** Keys of the replies, in the order asked. */
  readonly replies: readonly string[];
  /** US dollars that its replies cost when they were paid; null when a price is unknown. */
  readonly costUsd: number | null;
}

/** Budget reserved for a call before it is made. */
export interface Hold {
  /** Unique within a claim of a run. */
  readonly id: number;
  readonly rater: string;
  readonly item: string;
  /** Maximum cost of the call, in US dollars. */
  readonly usd: number;
}

/** What a rater's calls cost in a run. */
export interface RaterSpending {
  readonly rater: string;
  readonly usd: number;
  readonly calls: number;
  /** Calls whose price is unknown; not part of `usd`. */
  readonly unpricedCalls: number;
}

/** The held cost of a call whose end was not observed. The provider may have billed it, so it counts as spent. */
export interface Forfeit {
  readonly rater: string;
  readonly item: string;
  readonly usd: number;
}

/**
 * All costs of a run.
 * @example
 * const total = ({ raters }: Spending) => raters.reduce((sum, { usd }) => sum + usd, 0);
 */
export interface Spending {
  readonly raters: readonly RaterSpending[];
  readonly forfeits: readonly Forfeit[];
}

/**
 * A run as listed by `runs`.
 * @example
 * const listed: RunSummary = { run: 'nightly', createdAt: '2026-03-15T10:00:00.000Z', tasks: 120 };
 */
export interface RunSummary {
  readonly run: string;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  /** Number of recorded tasks. */
  readonly tasks: number;
}

/**
 * The durable state of runs. Writing methods resolve once the write would survive a power cut.
 * All methods throw StoreError when the store is unusable: disk full, read-only, locked, or of a newer version.
 *
 * To use your own database, implement this interface and run the contract suite of test/contracts over it.
 * @example
 * const store: RunStore = openSqliteStore('votes.db');
 * await store.claim('my-run');
 * await store.hold('my-run', { id: 1, rater: 'judge', item: 'q1', usd: 0.01 });
 * console.log(await store.spending('my-run'));
 * await store.close();
 */
export interface RunStore extends ReplyCache, BatchLog {
  /**
   * Locks a run for this process, creating it if it is new, and turns the holds of a dead process into forfeits.
   * The lock is released when the process dies. @throws StoreError while another process holds the run
   */
  claim(run: string): Promise<void>;
  spending(run: string): Promise<Spending>;
  hold(run: string, hold: Hold): Promise<void>;
  /** Releases a hold (`free`), or counts it as spent because the call may have been billed (`forfeit`). */
  settle(run: string, hold: number, how: 'free' | 'forfeit'): Promise<void>;
  recordTask(run: string, task: RecordedTask): Promise<void>;
  /** The tasks recorded for these items, in no particular order. */
  tasksOf(run: string, items: readonly string[]): Promise<readonly RecordedTask[]>;
  /** Marks a run as finished; `what` is a hash of its items and raters, so that an unchanged run is not replayed. */
  finish(run: string, what: string): Promise<void>;
  /** The `what` of the last `finish`; null if the run was never finished. */
  finished(run: string): Promise<string | null>;
  runs(): Promise<readonly RunSummary[]>;
  /** Waits for pending writes and releases all resources. */
  close(): Promise<void>;
}
