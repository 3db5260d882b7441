import { StoreError } from '../../domain/errors.ts';
import type { OpenBatch } from '../../ports/batch-log.ts';
import type { PaidReply, Payment, StoredReply } from '../../ports/reply-cache.ts';
import type {
  Forfeit,
  Hold,
  RaterSpending,
  RecordedTask,
  RunStore,
  RunSummary,
  Spending,
} from '../../ports/run-store.ts';

interface RunState {
  readonly createdAt: string;
  claimed: boolean;
  finished: string | null;
  /** By item, then by rater and look. */
  readonly tasks: Map<string, Map<string, RecordedTask>>;
  readonly spent: Map<string, RaterSpending>;
  readonly holds: Map<number, Hold>;
  readonly forfeits: Map<string, Forfeit>;
  readonly batches: Map<string, OpenBatch>;
}

/** State that survives closing; share it to reopen the same store. */
export interface MemoryState {
  readonly replies: Map<string, StoredReply>;
  readonly runs: Map<string, RunState>;
}

/**
 * What a `MemoryStore` remembers. Stores that share a state are processes on one database.
 * @example
 * const state = newMemoryState();
 * const [first, second] = [new MemoryStore(state), new MemoryStore(state)];
 */
export function newMemoryState(): MemoryState {
  return { replies: new Map(), runs: new Map() };
}

/**
 * A run store in memory: for tests, and for applications that persist state themselves.
 * @example
 * import { judgePairs } from 'quorate';
 * const store = new MemoryStore();
 * await judgePairs({ judge: { provider: 'heuristic' }, pairs: [{ prompt: 'p', a: 'x', b: 'y' }] }, { store });
 */
export class MemoryStore implements RunStore {
  readonly #state: MemoryState;
  readonly #claims = new Set<string>();

  constructor(state: MemoryState = newMemoryState()) {
    this.#state = state;
  }

  async claim(run: string): Promise<void> {
    const state = this.#state.runs.get(run) ?? newRun();
    if (state.claimed) throw new StoreError(`run "${run}" is already being worked on`);
    state.claimed = true;
    this.#claims.add(run);
    this.#state.runs.set(run, state);
    for (const hold of state.holds.values()) forfeit(state, hold);
    state.holds.clear();
  }

  async spending(run: string): Promise<Spending> {
    const state = this.#state.runs.get(run) ?? newRun();
    return {
      raters: [...state.spent.values()].sort((a, b) => (a.rater < b.rater ? -1 : 1)),
      forfeits: [...state.forfeits.values()],
    };
  }

  async hold(run: string, hold: Hold): Promise<void> {
    this.#claimed(run).holds.set(hold.id, hold);
  }

  async settle(run: string, id: number, how: 'free' | 'forfeit'): Promise<void> {
    const state = this.#claimed(run);
    const hold = state.holds.get(id);
    if (hold !== undefined && how === 'forfeit') forfeit(state, hold);
    state.holds.delete(id);
  }

  async findReply(key: string): Promise<StoredReply | null> {
    return this.#state.replies.get(key) ?? null;
  }

  async findPaidReply(id: string): Promise<PaidReply | null> {
    const found = this.#state.replies.get(id);
    if (found === undefined) return null;
    const { key, reply, costUsd, latencyMs } = found;
    return { key, reply, costUsd, latencyMs };
  }

  async recordReply(stored: StoredReply, payment: Payment): Promise<void> {
    const state = this.#claimed(payment.run);
    if (!this.#state.replies.has(stored.key)) this.#state.replies.set(stored.key, stored);
    const { rater } = payment;
    const before = state.spent.get(rater) ?? { rater, usd: 0, calls: 0, unpricedCalls: 0 };
    state.spent.set(rater, {
      rater,
      usd: before.usd + (stored.costUsd ?? 0),
      calls: before.calls + 1,
      unpricedCalls: before.unpricedCalls + (stored.costUsd === null ? 1 : 0),
    });
    if (payment.hold !== null) state.holds.delete(payment.hold);
  }

  async recordTask(run: string, task: RecordedTask): Promise<void> {
    const { tasks } = this.#claimed(run);
    const ofItem = tasks.get(task.item) ?? new Map<string, RecordedTask>();
    ofItem.set(JSON.stringify([task.rater, task.task]), task);
    tasks.set(task.item, ofItem);
  }

  async tasksOf(run: string, items: readonly string[]): Promise<readonly RecordedTask[]> {
    const tasks = this.#state.runs.get(run)?.tasks;
    return items.flatMap((item) => [...(tasks?.get(item)?.values() ?? [])]);
  }

  async openBatch(run: string, batch: OpenBatch): Promise<void> {
    this.#claimed(run).batches.set(batch.intent, batch);
  }

  async nameBatch(run: string, intent: string, batch: string): Promise<void> {
    const { batches } = this.#claimed(run);
    const open = batches.get(intent);
    if (open !== undefined) batches.set(intent, { ...open, batch });
  }

  async closeBatch(run: string, intent: string): Promise<void> {
    this.#claimed(run).batches.delete(intent);
  }

  async openBatches(run: string): Promise<readonly OpenBatch[]> {
    return [...(this.#state.runs.get(run)?.batches.values() ?? [])];
  }

  async finish(run: string, what: string): Promise<void> {
    this.#claimed(run).finished = what;
  }

  async finished(run: string): Promise<string | null> {
    return this.#state.runs.get(run)?.finished ?? null;
  }

  async runs(): Promise<readonly RunSummary[]> {
    return [...this.#state.runs].map(([run, state]) => ({
      run,
      createdAt: state.createdAt,
      tasks: [...state.tasks.values()].reduce((sum, ofItem) => sum + ofItem.size, 0),
    }));
  }

  async close(): Promise<void> {
    for (const run of this.#claims) this.#state.runs.get(run)!.claimed = false;
    this.#claims.clear();
  }

  #claimed(run: string): RunState {
    if (!this.#claims.has(run)) throw new StoreError(`run "${run}" was not claimed by this process`);
    return this.#state.runs.get(run)!;
  }
}

function newRun(): RunState {
  return {
    createdAt: new Date().toISOString(),
    claimed: false,
    finished: null,
    tasks: new Map(),
    spent: new Map(),
    holds: new Map(),
    forfeits: new Map(),
    batches: new Map(),
  };
}

function forfeit(state: RunState, { rater, item, usd }: Hold): void {
  const key = JSON.stringify([rater, item]);
  state.forfeits.set(key, { rater, item, usd: usd + (state.forfeits.get(key)?.usd ?? 0) });
}
