/** Events are small rows; the part that all signals about one response share is stored once, in `contexts`. Sequence numbers
 * are never reused (AUTOINCREMENT), since an export may refer to a deleted event.
 */
export const feedbackTables = {
  kind: 0x51666264,
  migrations: [
    `
    CREATE TABLE contexts (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      response_id TEXT NOT NULL,
      hash BLOB NOT NULL,
      body TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX contexts_of_response ON contexts (response_id, hash);
    CREATE TABLE authors (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      pseudonym TEXT NOT NULL UNIQUE,
      erasure TEXT
    ) STRICT;
    CREATE TABLE events (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      hash BLOB NOT NULL,
      claim BLOB NOT NULL,
      kind TEXT NOT NULL,
      at_ms INTEGER NOT NULL,
      received_ms INTEGER NOT NULL,
      model TEXT NOT NULL,
      author INTEGER NOT NULL,
      context INTEGER NOT NULL,
      own TEXT NOT NULL,
      superseded_by TEXT
    ) STRICT;
    CREATE UNIQUE INDEX events_in_force ON events (claim) WHERE superseded_by IS NULL;
    CREATE INDEX events_of_context ON events (context);
    CREATE TABLE interactions (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      response_id TEXT NOT NULL UNIQUE,
      hash BLOB NOT NULL,
      at_ms INTEGER NOT NULL,
      received_ms INTEGER NOT NULL,
      model TEXT NOT NULL,
      arm TEXT,
      author INTEGER,
      context INTEGER NOT NULL,
      own TEXT NOT NULL
    ) STRICT;
    CREATE TABLE tombstones (
      hash BLOB PRIMARY KEY
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE cleanings (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      undone INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE decisions (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      event INTEGER NOT NULL,
      cleaning INTEGER NOT NULL,
      stage TEXT NOT NULL,
      weight REAL NOT NULL,
      reasons TEXT NOT NULL,
      at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX decisions_of_event ON decisions (event);
    CREATE TABLE removals (
      part TEXT NOT NULL,
      before TEXT NOT NULL,
      count INTEGER NOT NULL,
      at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE exports (
      id INTEGER PRIMARY KEY,
      dataset TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE TABLE exported (
      author INTEGER NOT NULL,
      export INTEGER NOT NULL,
      event INTEGER NOT NULL,
      PRIMARY KEY (author, export, event)
    ) STRICT, WITHOUT ROWID;
    `,
  ],
};
