import type Database from 'better-sqlite3';
import type { ArrivalMark, Firing, FiringOutcome, TriggerState } from '../../domain/firing.ts';
import type { Training } from '../../domain/model-version.ts';
import type { LoopStore, Role } from '../../ports/loop-store.ts';
import { openDatabase } from './open-database.ts';
import { takeRunLock } from './run-lock.ts';
import { storeFailure } from './store-failure.ts';

const migrations: readonly string[] = [
  `
  CREATE TABLE triggers (id TEXT PRIMARY KEY, state TEXT NOT NULL) STRICT;
  CREATE TABLE firings (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    firing TEXT NOT NULL,
    outcome TEXT NOT NULL
  ) STRICT;
  CREATE TABLE slots (task TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (task, at)) STRICT, WITHOUT ROWID;
  CREATE TABLE trainings (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    training TEXT NOT NULL
  ) STRICT;
  `,
  // the state of the safety trigger changed its format: it reads its window again
  `
  CREATE TABLE marks (reader TEXT PRIMARY KEY, mark TEXT NOT NULL) STRICT, WITHOUT ROWID;
  DELETE FROM triggers WHERE id = 'safety_flags';
  `,
];

/** The loop store in one SQLite file. @throws StoreError */
export function openSqliteLoopStore(file: string): SqliteLoopStore {
  return new SqliteLoopStore(openDatabase({ file, migrations }), file);
}

export class SqliteLoopStore implements LoopStore {
  readonly location: string;
  readonly #database: Database.Database;

  constructor(database: Database.Database, file: string) {
    this.#database = database;
    this.location = file;
  }

  take(role: string): Role | null {
    return takeRunLock(this.location, role);
  }

  async triggerState(trigger: string): Promise<TriggerState | null> {
    const state = this.#stateOf(trigger);
    return state === null ? null : (JSON.parse(state) as TriggerState);
  }

  async changeTrigger(
    trigger: string,
    before: TriggerState | null,
    after: TriggerState,
    firing?: Firing,
  ): Promise<boolean> {
    return this.#together(() => {
      if (this.#stateOf(trigger) !== (before === null ? null : JSON.stringify(before))) return false;
      this.#run(
        'INSERT INTO triggers VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state',
        trigger,
        JSON.stringify(after),
      );
      if (firing !== undefined) {
        const { outcome, ...rest } = firing;
        this.#run(
          'INSERT INTO firings (id, firing, outcome) VALUES (?, ?, ?)',
          firing.id,
          JSON.stringify(rest),
          JSON.stringify(outcome),
        );
      }
      return true;
    });
  }

  async settleFiring(id: string, outcome: FiringOutcome): Promise<void> {
    this.#together(() =>
      this.#run('UPDATE firings SET outcome = ? WHERE id = ?', JSON.stringify(outcome), id),
    );
  }

  async firings(): Promise<readonly Firing[]> {
    return this.#all<{ firing: string; outcome: string }>(
      'SELECT firing, outcome FROM firings ORDER BY number',
    ).map(({ firing, outcome }) => ({ ...JSON.parse(firing), outcome: JSON.parse(outcome) }) as Firing);
  }

  async takeSlot(task: string, at: string): Promise<boolean> {
    return this.#together(() => {
      const last = this.#lastSlot(task);
      if (last !== null && last >= at) return false;
      // one row per task: polling every few seconds must not fill the disk
      this.#run('DELETE FROM slots WHERE task = ?', task);
      this.#run('INSERT INTO slots VALUES (?, ?)', task, at);
      return true;
    });
  }

  async lastSlot(task: string): Promise<string | null> {
    return this.#lastSlot(task);
  }

  async mark(reader: string): Promise<ArrivalMark | null> {
    const [row] = this.#all<{ mark: string }>('SELECT mark FROM marks WHERE reader = ?', reader);
    return row === undefined ? null : (JSON.parse(row.mark) as ArrivalMark);
  }

  async saveMark(reader: string, mark: ArrivalMark): Promise<void> {
    this.#together(() =>
      this.#run(
        'INSERT INTO marks VALUES (?, ?) ON CONFLICT (reader) DO UPDATE SET mark = excluded.mark',
        reader,
        JSON.stringify(mark),
      ),
    );
  }

  async saveTraining(training: Training): Promise<void> {
    this.#together(() =>
      this.#run(
        `INSERT INTO trainings (id, training) VALUES (?, ?)
         ON CONFLICT (id) DO UPDATE SET training = excluded.training`,
        training.id,
        JSON.stringify(training),
      ),
    );
  }

  async training(id: string): Promise<Training | null> {
    const [row] = this.#all<{ training: string }>('SELECT training FROM trainings WHERE id = ?', id);
    return row === undefined ? null : (JSON.parse(row.training) as Training);
  }

  async trainings(): Promise<readonly Training[]> {
    const rows = this.#all<{ training: string }>('SELECT training FROM trainings ORDER BY number');
    return rows.map(({ training }) => JSON.parse(training) as Training);
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  #stateOf(trigger: string): string | null {
    const [row] = this.#all<{ state: string }>('SELECT state FROM triggers WHERE id = ?', trigger);
    return row?.state ?? null;
  }

  #lastSlot(task: string): string | null {
    return this.#all<{ last: string | null }>('SELECT max(at) AS last FROM slots WHERE task = ?', task)[0]!
      .last;
  }

  #all<Row>(sql: string, ...values: readonly string[]): readonly Row[] {
    return this.#attempt(() => this.#database.prepare<string[], Row>(sql).all(...values));
  }

  #run(sql: string, ...values: readonly string[]): void {
    this.#database.prepare(sql).run(...values);
  }

  #together<T>(work: () => T): T {
    return this.#attempt(() => this.#database.transaction(work).immediate());
  }

  #attempt<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw storeFailure(this.location, error);
    }
  }
}
