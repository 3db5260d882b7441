import type Database from 'better-sqlite3';
import { checkArgument } from '../../domain/check-argument.ts';
import type { RegistryChange, RegistryEntry } from '../../domain/model-version.ts';
import type { ModelRegistry, Signature } from '../../ports/model-registry.ts';
import { openDatabase } from './open-database.ts';
import { storeFailure } from './store-failure.ts';

const migrations: readonly string[] = [
  `
  CREATE TABLE entries (
    model TEXT NOT NULL,
    revision INTEGER NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    change TEXT NOT NULL,
    PRIMARY KEY (model, revision)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER entries_stay BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'history only grows'); END;
  CREATE TRIGGER entries_remain BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'history only grows'); END;
  `,
];

interface EntryRow {
  readonly revision: number;
  readonly at: string;
  readonly by: string;
  readonly change: string;
}

/**
 * The registry of one machine: one SQLite file.
 * @throws StoreError
 * @example
 * const registry = openSqliteRegistry('models.db');
 */
export function openSqliteRegistry(
  file: string,
  options: { readonly mustExist?: boolean } = {},
): SqliteRegistry {
  checkArgument('options', options, { mustExist: 'boolean?' });
  const madeBy = options.mustExist === true ? 'quorate models register' : undefined;
  return new SqliteRegistry(openDatabase({ file, migrations, madeBy }), file);
}

export class SqliteRegistry implements ModelRegistry {
  readonly location: string;
  readonly #database: Database.Database;

  constructor(database: Database.Database, file: string) {
    this.#database = database;
    this.location = file;
  }

  async models(): Promise<readonly string[]> {
    return this.#attempt(() =>
      this.#database
        .prepare<[], { model: string }>('SELECT DISTINCT model FROM entries ORDER BY model')
        .all()
        .map(({ model }) => model),
    );
  }

  async history(model: string): Promise<readonly RegistryEntry[]> {
    return this.#attempt(() =>
      this.#database
        .prepare<[string], EntryRow>(
          'SELECT revision, at, by, change FROM entries WHERE model = ? ORDER BY revision',
        )
        .all(model)
        .map(({ change, ...rest }) => ({ ...(JSON.parse(change) as RegistryChange), ...rest })),
    );
  }

  async append(
    model: string,
    revision: number,
    changes: readonly RegistryChange[],
    { at, by }: Signature,
  ): Promise<boolean> {
    const add = this.#database.transaction(() => {
      const last = this.#database
        .prepare<[string], { last: number | null }>(
          'SELECT max(revision) AS last FROM entries WHERE model = ?',
        )
        .get(model)?.last;
      if ((last ?? 0) !== revision) return false;
      const insert = this.#database.prepare(
        'INSERT INTO entries (model, revision, at, by, change) VALUES (?, ?, ?, ?, ?)',
      );
      for (const [index, change] of changes.entries())
        insert.run(model, revision + index + 1, at, by, JSON.stringify(change));
      return true;
    });
    return this.#attempt(() => add.immediate());
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  #attempt<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw storeFailure(this.location, error);
    }
  }
}
