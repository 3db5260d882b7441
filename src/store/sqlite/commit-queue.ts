import type { Database, Statement } from 'better-sqlite3';
import { storeFailure } from './store-failure.ts';

interface Batch {
  readonly writes: (() => void)[];
  readonly done: Promise<void>;
  resolve(): void;
  reject(error: unknown): void;
}

const fullBatch = 64;

/** Group commit: writes that arrive close together share one transaction and one disk sync. A batch grows while every turn of
 * the event loop adds writes, without a timer: a single write commits immediately, under load many share the cost.
 */
export class CommitQueue {
  readonly #database: Database;
  readonly #file: string;
  readonly #begin: Statement;
  readonly #commit: Statement;
  #batch: Batch | null = null;

  constructor(database: Database, file: string) {
    this.#database = database;
    this.#file = file;
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
  }

  /** @returns a promise that resolves when the write is on disk, and rejects when its batch was not written. */
  add(write: () => void): Promise<void> {
    if (this.#batch === null) {
      this.#batch = newBatch();
      this.#gather(this.#batch, 0);
    }
    this.#batch.writes.push(write);
    return this.#batch.done;
  }

  #gather(batch: Batch, seen: number): void {
    setImmediate(() => {
      if (this.#batch !== batch) return;
      const count = batch.writes.length;
      if (count > seen && count < fullBatch) this.#gather(batch, count);
      else this.flush();
    });
  }

  /** Commits the pending writes immediately. */
  flush(): void {
    const batch = this.#batch;
    if (batch === null) return;
    this.#batch = null;
    try {
      this.#begin.run();
      for (const write of batch.writes) write();
      this.#commit.run();
    } catch (error) {
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
      batch.reject(storeFailure(this.#file, error));
      return;
    }
    batch.resolve();
  }
}

function newBatch(): Batch {
  let resolve = () => {};
  let reject: (error: unknown) => void = () => {};
  const done = new Promise<void>((onDone, onError) => {
    resolve = onDone;
    reject = onError;
  });
  // Callers that await see the failure; a write that is not awaited must not crash the process.
  done.catch(() => {});
  return { writes: [], done, resolve, reject };
}
