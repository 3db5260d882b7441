import type Database from 'better-sqlite3';
import { checkArgument } from '../../domain/check-argument.ts';
import { StoreError } from '../../domain/errors.ts';
import type { OpenBatch } from '../../ports/batch-log.ts';
import type { PaidReply, Payment, StoredReply } from '../../ports/reply-cache.ts';
import type { Hold, RecordedTask, RunStore, RunSummary, Spending } from '../../ports/run-store.ts';
import { CommitQueue } from './commit-queue.ts';
import { openDatabase } from './open-database.ts';
import { type RunLock, runIsTaken, takeRunLock } from './run-lock.ts';
import { runMigrations } from './schema.ts';
import { SharedTexts } from './shared-texts.ts';
import {
  batchOf,
  paidReplyOf,
  prepareStatements,
  replyOf,
  type Statements,
  type TaskRow,
  taskOf,
} from './statements.ts';
import { storeFailure } from './store-failure.ts';

export interface SqliteStoreOptions {
  /** Reject a missing file, for read-only commands. */
  readonly mustExist?: boolean;
}

/**
 * The store of one machine: one SQLite file, a commit survives a power cut.
 * @throws StoreError
 * @example
 * import { judgePairs } from 'quorate';
 * const store = openSqliteStore('.quorate/pairs.db');
 * await judgePairs({ judge: { provider: 'heuristic' }, pairs }, { store });
 * await store.close();
 */
export function openSqliteStore(file: string, options: SqliteStoreOptions = {}): SqliteStore {
  checkArgument('options', options, { mustExist: 'boolean?' });
  const madeBy = options.mustExist === true ? 'quorate run' : undefined;
  return new SqliteStore(openDatabase({ file, migrations: runMigrations, madeBy }), file);
}

export class SqliteStore implements RunStore {
  readonly #database: Database.Database;
  readonly #file: string;
  readonly #queue: CommitQueue;
  readonly #sql: Statements;
  readonly #texts = new SharedTexts();
  readonly #runIds = new Map<string, number>();
  readonly #locks: RunLock[] = [];

  constructor(database: Database.Database, file: string) {
    this.#database = database;
    this.#file = file;
    this.#queue = new CommitQueue(database, file);
    this.#sql = prepareStatements(database);
  }

  async claim(run: string): Promise<void> {
    const lock = takeRunLock(this.#file, run);
    if (lock === null) {
      throw runIsTaken(
        run,
        this.#read(() => this.#sql.ownerOf.get(run)?.owner ?? null),
      );
    }
    this.#locks.push(lock);
    await this.#queue.add(() => {
      this.#sql.addRun.run(run, new Date().toISOString(), `process ${process.pid}`);
      const id = this.#sql.idOf.get(run)!.id;
      this.#runIds.set(run, id);
      this.#sql.forfeitHolds.run(id);
      this.#sql.dropHolds.run(id);
    });
  }

  async spending(run: string): Promise<Spending> {
    const id = this.#idOf(run);
    return this.#read(() => ({
      raters: id === null ? [] : this.#sql.spentOf.all(id),
      forfeits: id === null ? [] : this.#sql.forfeitsOf.all(id),
    }));
  }

  hold(run: string, hold: Hold): Promise<void> {
    const id = this.#claimed(run);
    return this.#queue.add(() => this.#sql.addHold.run(id, hold.id, hold.rater, hold.item, hold.usd));
  }

  settle(run: string, hold: number, how: 'free' | 'forfeit'): Promise<void> {
    const id = this.#claimed(run);
    return this.#queue.add(() => {
      if (how === 'forfeit') this.#sql.forfeitHold.run(id, hold);
      this.#sql.dropHold.run(id, hold);
    });
  }

  async findReply(key: string): Promise<StoredReply | null> {
    return this.#read(() => {
      const row = this.#sql.replyByKey.get(key);
      if (row === undefined) return null;
      const request = this.#texts.unpack(row.request, (hash) => this.#sql.textByHash.get(hash)!.content);
      return replyOf(row, request);
    });
  }

  async findPaidReply(key: string): Promise<PaidReply | null> {
    return this.#read(() => {
      const row = this.#sql.paidReplyByKey.get(key);
      return row === undefined ? null : paidReplyOf(row);
    });
  }

  recordReply(stored: StoredReply, payment: Payment): Promise<void> {
    const id = this.#claimed(payment.run);
    const { key, provider, model, baseUrl, costUsd, latencyMs, at } = stored;
    const newTexts: [hash: string, content: string][] = [];
    const request = this.#texts.pack(stored.request, (...text) => newTexts.push(text));
    const reply = JSON.stringify(stored.reply);
    return this.#queue.add(() => {
      for (const text of newTexts) this.#sql.addText.run(...text);
      this.#sql.addReply.run(key, provider, model, baseUrl, request, reply, costUsd, latencyMs, at);
      this.#sql.addSpent.run(id, payment.rater, costUsd ?? 0, costUsd === null ? 1 : 0);
      if (payment.hold !== null) this.#sql.dropHold.run(id, payment.hold);
    });
  }

  recordTask(run: string, task: RecordedTask): Promise<void> {
    const id = this.#claimed(run);
    const votes = JSON.stringify(task.votes);
    const replies = JSON.stringify(task.replies);
    return this.#queue.add(() => {
      const { item, rater, fingerprint, costUsd } = task;
      this.#sql.addTask.run(id, item, rater, task.task, fingerprint, votes, replies, costUsd);
    });
  }

  async tasksOf(run: string, items: readonly string[]): Promise<readonly RecordedTask[]> {
    const id = this.#idOf(run);
    if (id === null) return [];
    const rows = this.#read(() => this.#sql.tasksOf.all(id, JSON.stringify(items)));
    return (rows as TaskRow[]).map(taskOf);
  }

  openBatch(run: string, open: OpenBatch): Promise<void> {
    const id = this.#claimed(run);
    const { intent, provider, baseUrl, model, atMs, batch } = open;
    const questions = JSON.stringify(open.questions);
    return this.#queue.add(() => {
      this.#sql.addBatch.run(id, intent, provider, baseUrl, model, atMs, batch, questions);
    });
  }

  nameBatch(run: string, intent: string, batch: string): Promise<void> {
    const id = this.#claimed(run);
    return this.#queue.add(() => this.#sql.nameBatch.run(batch, id, intent));
  }

  closeBatch(run: string, intent: string): Promise<void> {
    const id = this.#claimed(run);
    return this.#queue.add(() => this.#sql.dropBatch.run(id, intent));
  }

  async openBatches(run: string): Promise<readonly OpenBatch[]> {
    const id = this.#idOf(run);
    return id === null ? [] : this.#read(() => this.#sql.batchesOf.all(id)).map(batchOf);
  }

  async finish(run: string, what: string): Promise<void> {
    const id = this.#claimed(run);
    await this.#queue.add(() => this.#sql.finish.run(what, id));
  }

  async finished(run: string): Promise<string | null> {
    return this.#read(() => this.#sql.finishedOf.get(run)?.finished ?? null);
  }

  async runs(): Promise<readonly RunSummary[]> {
    return this.#read(() => this.#sql.runs.all());
  }

  async close(): Promise<void> {
    if (!this.#database.open) return;
    this.#queue.flush();
    try {
      this.#database.close();
    } catch (error) {
      throw storeFailure(this.#file, error);
    } finally {
      for (const lock of this.#locks.splice(0)) lock.release();
    }
  }

  #idOf(run: string): number | null {
    return this.#runIds.get(run) ?? this.#read(() => this.#sql.idOf.get(run)?.id ?? null);
  }

  #claimed(run: string): number {
    const id = this.#runIds.get(run);
    if (id === undefined) throw new StoreError(`run "${run}" was not claimed by this process`);
    return id;
  }

  #read<T>(query: () => T): T {
    try {
      return query();
    } catch (error) {
      throw storeFailure(this.#file, error);
    }
  }
}
