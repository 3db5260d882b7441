import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { checkArgument } from '../../domain/check-argument.ts';
import { StoreError } from '../../domain/errors.ts';
import { storeFailure } from './store-failure.ts';

export interface DatabaseFile {
  readonly file: string;
  /** Migrations from each schema version to the next. Never edit a released step: add one. */
  readonly migrations: readonly string[];
  /** SQLite's application id of a store that must not be taken for another; 0 where there is none. */
  readonly kind?: number;
  /** The command that creates the file; if set, a missing file is rejected, for read-only commands. */
  readonly madeBy?: string | undefined;
}

/** Opens a SQLite file with durable commits and migrates its schema. @throws StoreError, ConfigError without a path */
export function openDatabase({ file, migrations, kind = 0, madeBy }: DatabaseFile): Database.Database {
  checkArgument('file', file, 'name');
  if (madeBy !== undefined && !existsSync(file)) {
    throw new StoreError(`${file}: there is no store yet`, { hint: `${madeBy} makes it` });
  }
  let database: Database.Database | null = null;
  try {
    mkdirSync(dirname(file), { recursive: true });
    database = new Database(file, { timeout: 10_000 });
    // a row fills half of SQLite's usual page: larger ones take a fifth less CPU a commit; an older file keeps its own
    database.pragma('page_size = 8192');
    database.pragma('journal_mode = WAL');
    // FULL: in WAL mode anything less may lose a commit, and with it paid replies, in a power cut.
    database.pragma('synchronous = FULL');
    // pages that change again and again, those of indexes, are copied into the file a quarter as often as usual
    database.pragma('wal_autocheckpoint = 4000');
    // SQLite's own measure: at every commit the cache is walked through, and a larger one costs a third more CPU
    database.pragma('cache_size = -2000');
    migrate(database, file, migrations, kind);
    return database;
  } catch (error) {
    database?.close();
    throw storeFailure(file, error);
  }
}

/** Migrates the schema to the version of this program. @throws StoreError for a newer or a foreign database */
function migrate(
  database: Database.Database,
  file: string,
  migrations: readonly string[],
  kind: number,
): void {
  const version = versionOf(database);
  if (version > 0 && database.pragma('application_id', { simple: true }) !== kind) {
    throw new StoreError(`${file} is another kind of store`, { hint: 'name another file' });
  }
  if (version > migrations.length) {
    throw new StoreError(`${file} was written by a newer Quorate (store version ${version})`, {
      hint: `this one knows versions up to ${migrations.length}; update it, or name another store`,
    });
  }
  if (version === migrations.length) return;
  database
    .transaction(() => {
      // Read again inside the transaction: another process may have migrated concurrently.
      const current = versionOf(database);
      if (current === 0 && database.prepare('SELECT 1 FROM sqlite_schema').get() !== undefined) {
        throw new StoreError(`${file} is a database of some other program`, { hint: 'name another store' });
      }
      for (const step of migrations.slice(current)) database.exec(step);
      if (kind !== 0) database.pragma(`application_id = ${kind}`);
      database.pragma(`user_version = ${migrations.length}`);
    })
    .immediate();
}

function versionOf(database: Database.Database): number {
  return database.pragma('user_version', { simple: true }) as number;
}
