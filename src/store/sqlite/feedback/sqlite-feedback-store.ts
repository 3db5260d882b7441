import type Database from 'better-sqlite3';
import { checkArgument } from '../../../domain/check-argument.ts';
import type { EventDecision, FeedbackEvent, Interaction } from '../../../domain/feedback-event.ts';
import type {
  Arrival,
  Erasure,
  EventWindow,
  Expiry,
  FeedbackStore,
  Removal,
  StoredEvent,
} from '../../../ports/feedback-store.ts';
import { cleaningIsUndone } from '../../event-content.ts';
import { CommitQueue } from '../commit-queue.ts';
import { openDatabase } from '../open-database.ts';
import { storeFailure } from '../store-failure.ts';
import { eventArrives, interactionArrives, prepareEvent, prepareInteraction } from './arrive.ts';
import { countExpired, eraseAuthor, expire } from './erase-author.ts';
import { decisionOf, RowReader, windowValues } from './read-rows.ts';
import { feedbackTables } from './schema.ts';
import { type FeedbackStatements, prepareFeedbackStatements } from './statements.ts';

export interface FeedbackStoreOptions {
  /** Reject a missing file, for read-only commands. */
  readonly mustExist?: boolean;
  /** Milliseconds since the epoch, for the time of arrival. */
  readonly now?: () => number;
}

/**
 * The feedback of one machine: one SQLite file, several processes may use it at once.
 * @throws StoreError
 * @example
 * const store = openSqliteFeedbackStore('feedback.db');
 */
export function openSqliteFeedbackStore(
  file: string,
  options: FeedbackStoreOptions = {},
): SqliteFeedbackStore {
  checkArgument('options', options, { mustExist: 'boolean?' });
  const madeBy = options.mustExist === true ? 'quorate feedback import' : undefined;
  const database = openDatabase({ file, ...feedbackTables, madeBy });
  // erased data is overwritten, not only unlinked
  database.pragma('secure_delete = ON');
  // ids arrive in no order, so their indexes are touched everywhere: 64 MB of pages, and fewer, larger checkpoints
  database.pragma('cache_size = -65536');
  database.pragma('wal_autocheckpoint = 8000');
  return new SqliteFeedbackStore(database, file, options.now ?? Date.now);
}

const pageRows = 256;

export class SqliteFeedbackStore implements FeedbackStore {
  readonly location: string;
  readonly #database: Database.Database;
  readonly #queue: CommitQueue;
  readonly #sql: FeedbackStatements;
  readonly #now: () => number;

  constructor(database: Database.Database, file: string, now: () => number) {
    this.location = file;
    this.#database = database;
    this.#queue = new CommitQueue(database, file);
    this.#sql = prepareFeedbackStatements(database);
    this.#now = now;
  }

  async append(events: readonly FeedbackEvent[]): Promise<readonly Arrival[]> {
    const prepared = events.map(prepareEvent);
    return this.#write(() => {
      const now = this.#now();
      return prepared.map((event) => eventArrives(this.#sql, event, now));
    });
  }

  async recordInteractions(interactions: readonly Interaction[]): Promise<readonly Arrival[]> {
    const prepared = interactions.map(prepareInteraction);
    return this.#write(() => {
      const now = this.#now();
      return prepared.map((interaction) => interactionArrives(this.#sql, interaction, now));
    });
  }

  async interaction(responseId: string): Promise<Interaction | undefined> {
    const row = this.#read(() => this.#sql.interactionById.get(responseId));
    return row === undefined ? undefined : new RowReader().interaction(row);
  }

  async event(id: string): Promise<StoredEvent | undefined> {
    const row = this.#read(() => this.#sql.eventById.get(id));
    return row === undefined ? undefined : new RowReader().event(row);
  }

  async *events(window: EventWindow = {}, after?: string): AsyncGenerator<StoredEvent> {
    const values = windowValues(window);
    const reader = new RowReader();
    const last = this.#read(() => this.#sql.lastEvent.get()!.seq ?? 0);
    const first = after === undefined ? 0 : (this.#read(() => this.#sql.eventById.get(after))?.seq ?? 0);
    const pages = this.#pages((seq) => this.#sql.eventPage.all(seq, last, ...values, pageRows), first);
    for (const page of pages) for (const row of page) yield reader.event(row);
  }

  async *interactions(window: EventWindow = {}): AsyncGenerator<Interaction> {
    const values = windowValues(window);
    const reader = new RowReader();
    const last = this.#read(() => this.#sql.lastInteraction.get()!.seq ?? 0);
    const pages = this.#pages((after) => this.#sql.interactionPage.all(after, last, ...values, pageRows));
    for (const page of pages) for (const row of page) yield reader.interaction(row);
  }

  async countInteractions(window: EventWindow = {}): Promise<number> {
    return this.#read(
      () => this.#sql.countInteractions.get(0, Number.MAX_SAFE_INTEGER, ...windowValues(window))!.count,
    );
  }

  async logDecisions(decisions: readonly EventDecision[]): Promise<void> {
    const names = new Set(decisions.map(({ cleaning }) => cleaning));
    for (const name of names) {
      if (this.#read(() => this.#sql.cleaningOf.get(name))?.undone === 1) throw cleaningIsUndone(name);
    }
    await this.#write(() => {
      const ids = new Map([...names].map((name) => [name, this.#cleaningId(name)]));
      for (const { event, stage, weight, reasons, cleaning, at } of decisions)
        this.#sql.addDecision.run(ids.get(cleaning), stage, weight, JSON.stringify(reasons), at, event);
    });
  }

  async *decisions(): AsyncGenerator<EventDecision> {
    const last = this.#read(() => this.#sql.lastEvent.get()!.seq ?? 0);
    const pages = this.#pages((after) => this.#sql.decisionPage.all(after, last, pageRows));
    for (const page of pages) for (const row of page) yield decisionOf(row, row.event)!;
  }

  async undoCleaning(cleaning: string): Promise<number> {
    return this.#write(() => {
      const row = this.#sql.cleaningOf.get(cleaning);
      if (row === undefined || row.undone === 1) return 0;
      this.#sql.undo.run(row.id);
      return this.#sql.countDecisions.get(row.id)!.count;
    });
  }

  async recordExport(dataset: string, events: readonly string[]): Promise<void> {
    await this.#write(() => {
      const id = this.#sql.exportOf.get(dataset)?.id ?? this.#sql.addExport.run(dataset).lastInsertRowid;
      for (const event of events) this.#sql.addExported.run(id, event);
    });
  }

  async erase(author: string, at: string): Promise<Erasure> {
    const erasure = await this.#write(() => {
      if (this.#sql.authorOf.get(author) === undefined) this.#sql.addAuthor.run(author);
      const row = this.#sql.authorOf.get(author)!;
      return eraseAuthor(this.#sql, row.id, at, row.erasure);
    });
    this.#forget();
    return erasure;
  }

  async countExpired(expiry: Expiry): Promise<number> {
    return this.#read(() => countExpired(this.#sql, expiry));
  }

  async expire(expiry: Expiry, at: string): Promise<number> {
    const count = await this.#write(() => expire(this.#sql, expiry, at));
    if (count > 0) this.#forget();
    return count;
  }

  async removals(): Promise<readonly Removal[]> {
    return this.#read(() => this.#sql.removals.all()).map((row) => ({
      ...row,
      part: JSON.parse(row.part) as Removal['part'],
    }));
  }

  async close(): Promise<void> {
    if (!this.#database.open) return;
    this.#queue.flush();
    this.#read(() => this.#database.close());
  }

  /** Until a checkpoint the log still holds what was removed. */
  #forget(): void {
    this.#read(() => this.#database.pragma('wal_checkpoint(TRUNCATE)'));
  }

  #cleaningId(name: string): number {
    return this.#sql.cleaningOf.get(name)?.id ?? Number(this.#sql.addCleaning.run(name).lastInsertRowid);
  }

  async #write<T>(work: () => T): Promise<T> {
    let result: T | undefined;
    await this.#queue.add(() => {
      result = work();
    });
    return result as T;
  }

  *#pages<Row extends { readonly seq: number }>(
    pageAfter: (after: number) => Row[],
    first = 0,
  ): Generator<Row[]> {
    let after = first;
    for (;;) {
      const page = this.#read(() => pageAfter(after));
      yield page;
      if (page.length < pageRows) return;
      after = page.at(-1)!.seq;
    }
  }

  #read<T>(query: () => T): T {
    try {
      return query();
    } catch (error) {
      throw storeFailure(this.location, error);
    }
  }
}
