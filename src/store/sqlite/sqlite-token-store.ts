import { chmodSync } from 'node:fs';
import type { Database, Statement } from 'better-sqlite3';
import type { AccessToken, Scope } from '../../domain/intake.ts';
import type { StoredToken, TokenStore } from '../../ports/token-store.ts';
import { openDatabase } from './open-database.ts';
import { storeFailure } from './store-failure.ts';

const migrations = [
  `CREATE TABLE tokens (
    id TEXT PRIMARY KEY,
    hash TEXT NOT NULL,
    name TEXT,
    scopes TEXT NOT NULL,
    origins TEXT NOT NULL,
    events_per_minute REAL,
    signed_authors INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    revoked_at TEXT
  ) STRICT;`,
];

/**
 * Opens the file of tokens, readable by its owner only.
 * @throws StoreError
 * @example
 * const tokens = openSqliteTokenStore('tokens.db');
 */
export function openSqliteTokenStore(file: string): TokenStore {
  const database = openDatabase({ file, migrations });
  chmodSync(file, 0o600);
  return new SqliteTokenStore(database, file);
}

class SqliteTokenStore implements TokenStore {
  readonly #database: Database;
  readonly #file: string;
  readonly #find: Statement<[string], TokenRow>;

  constructor(database: Database, file: string) {
    this.#database = database;
    this.#file = file;
    this.#find = database.prepare('SELECT * FROM tokens WHERE id = ?');
  }

  async add({ token, hash }: StoredToken): Promise<void> {
    const { id, name = null, scopes, origins, eventsPerMinute, signedAuthors, createdAt } = token;
    this.#use(() =>
      this.#database
        .prepare('INSERT INTO tokens VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)')
        .run(
          id,
          hash,
          name,
          JSON.stringify(scopes),
          JSON.stringify(origins),
          eventsPerMinute,
          signedAuthors ? 1 : 0,
          createdAt,
        ),
    );
  }

  async find(id: string): Promise<StoredToken | undefined> {
    const row = this.#use(() => this.#find.get(id));
    return row === undefined ? undefined : { token: tokenOf(row), hash: row.hash };
  }

  async list(): Promise<readonly AccessToken[]> {
    return this.#use(() =>
      this.#database.prepare<[], TokenRow>('SELECT * FROM tokens ORDER BY rowid').all(),
    ).map(tokenOf);
  }

  async revoke(id: string, at: string): Promise<boolean> {
    const sql = 'UPDATE tokens SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL';
    return this.#use(() => this.#database.prepare(sql).run(at, id).changes === 1);
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  #use<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw storeFailure(this.#file, error);
    }
  }
}

interface TokenRow {
  readonly id: string;
  readonly hash: string;
  readonly name: string | null;
  readonly scopes: string;
  readonly origins: string;
  readonly events_per_minute: number | null;
  readonly signed_authors: number;
  readonly created_at: string;
  readonly revoked_at: string | null;
}

function tokenOf(row: TokenRow): AccessToken {
  return {
    id: row.id,
    ...(row.name === null ? {} : { name: row.name }),
    scopes: JSON.parse(row.scopes) as Scope[],
    origins: JSON.parse(row.origins) as string[],
    eventsPerMinute: row.events_per_minute,
    signedAuthors: row.signed_authors === 1,
    createdAt: row.created_at,
    ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at }),
  };
}
