import type { Database } from 'better-sqlite3';
import { StoreError } from '../../domain/errors.ts';

/** Raised whenever the tables change; a step in `migrations` leads to each version. */
const migrations: readonly string[] = [
  `
  CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL,
    owner TEXT
  ) STRICT;
  CREATE TABLE replies (
    key TEXT PRIMARY KEY,
    provider TEXT NOT NULL,
    model TEXT NOT NULL,
    base_url TEXT NOT NULL,
    request TEXT NOT NULL,
    reply TEXT NOT NULL,
    cost_usd REAL,
    latency_ms REAL NOT NULL,
    at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE looks (
    run INTEGER NOT NULL,
    item TEXT NOT NULL,
    rater TEXT NOT NULL,
    look TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    votes TEXT NOT NULL,
    replies TEXT NOT NULL,
    cost_usd REAL,
    PRIMARY KEY (run, item, rater, look)
  ) STRICT;
  CREATE TABLE spent (
    run INTEGER NOT NULL,
    rater TEXT NOT NULL,
    usd REAL NOT NULL,
    calls INTEGER NOT NULL,
    unpriced_calls INTEGER NOT NULL,
    PRIMARY KEY (run, rater)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE holds (
    run INTEGER NOT NULL,
    id INTEGER NOT NULL,
    rater TEXT NOT NULL,
    item TEXT NOT NULL,
    usd REAL NOT NULL,
    PRIMARY KEY (run, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE forfeits (
    run INTEGER NOT NULL,
    rater TEXT NOT NULL,
    item TEXT NOT NULL,
    usd REAL NOT NULL,
    PRIMARY KEY (run, rater, item)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE batches (
    run INTEGER NOT NULL,
    intent TEXT NOT NULL,
    provider TEXT NOT NULL,
    base_url TEXT NOT NULL,
    model TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    batch TEXT,
    questions TEXT NOT NULL,
    PRIMARY KEY (run, intent)
  ) STRICT;
  `,
  `
  ALTER TABLE runs ADD COLUMN finished TEXT;
  CREATE TABLE texts (
    hash TEXT PRIMARY KEY,
    content TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
];

/** Brings the tables to the version of this program. @throws StoreError for a newer or a foreign database. */
export function migrate(database: Database, file: string): void {
  const version = versionOf(database);
  if (version > migrations.length) {
    throw new StoreError(`${file} was written by a newer Quorate (store version ${version})`, {
      hint: `this one knows versions up to ${migrations.length}; update it, or name another store`,
    });
  }
  if (version === 0 && database.prepare('SELECT 1 FROM sqlite_schema').get() !== undefined) {
    throw new StoreError(`${file} is a database of some other program`, { hint: 'name another store' });
  }
  if (version === migrations.length) return;
  database
    .transaction(() => {
      // Read again inside the transaction: another process may have come first.
      for (const step of migrations.slice(versionOf(database))) database.exec(step);
      database.pragma(`user_version = ${migrations.length}`);
    })
    .immediate();
}

function versionOf(database: Database): number {
  return database.pragma('user_version', { simple: true }) as number;
}
