import Database from 'better-sqlite3';
import { StoreError } from '../../domain/errors.ts';
import { hashText } from '../../files/content-hash.ts';
import { storeFailure } from './store-failure.ts';

/** Holds a run for this process until released. */
export interface RunLock {
  release(): void;
}

/** Claims a run by an operating-system lock on a file beside the store, which the kernel releases when the process ends in any
 * way. SQLite does the locking, since Node has no API for it. The file stays: removing it would let two processes hold locks
 * on two files of one name.
 * @returns null if another process holds it
 */
export function takeRunLock(storeFile: string, run: string): RunLock | null {
  const file = `${storeFile}.run-${hashText(run).slice(0, 8)}.lock`;
  let database: Database.Database | null = null;
  try {
    database = new Database(file, { timeout: 0 });
    database.pragma('journal_mode = OFF');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    const code = (error as { code?: unknown }).code;
    if (code === 'SQLITE_BUSY') return null;
    throw storeFailure(file, error);
  }
  const held = database;
  return { release: () => void held.close() };
}

export function runIsTaken(run: string, owner: string | null): StoreError {
  return new StoreError(`run "${run}" is already being worked on${owner === null ? '' : ` by ${owner}`}`, {
    hint: 'wait until it is done or stop it; nothing was asked twice',
  });
}
