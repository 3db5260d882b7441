/** The tables of the run store: a step leads to each version. */
export const runMigrations: readonly string[] = [
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
