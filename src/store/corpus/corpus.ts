import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { StoreError } from '../../domain/errors.ts';
import { ProviderError } from '../../domain/provider-error.ts';
import type { DocumentPassage } from '../../files/documents/read-document.ts';
import type { Embedder } from '../../ports/embedder.ts';
import type { Passage, Retriever } from '../../ports/retriever.ts';
import { fuseRanks, matchQuery, nearestVectors, vectorBytes } from './rank-passages.ts';

const schema = `
  create table if not exists source (id integer primary key, path text not null unique, stamp text not null);
  create table if not exists passage (
    id integer primary key, file integer not null references source(id), source text not null,
    start integer not null, "end" integer not null, text text not null);
  create index if not exists passage_file on passage(file);
  create virtual table if not exists passage_text using fts5(
    text, content='passage', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2');
  create trigger if not exists passage_added after insert on passage begin
    insert into passage_text(rowid, text) values (new.id, new.text);
  end;
  create trigger if not exists passage_removed after delete on passage begin
    insert into passage_text(passage_text, rowid, text) values ('delete', old.id, old.text);
    delete from vector where passage = old.id;
  end;
  create table if not exists vector (passage integer primary key, model text not null, bytes blob not null);
`;
/** 'quorate corpus 1' in a number that SQLite keeps for the application. */
const applicationId = 0x51435031;
/** Passages of each kind of search that enter the fusion. */
const candidates = 40;

export interface CorpusSize {
  readonly files: number;
  readonly passages: number;
  readonly vectors: number;
}

interface PassageRow {
  readonly id: number;
  readonly source: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Documents split into passages, in one SQLite file: full-text search (BM25), with vectors if there is an embedder. */
export class Corpus {
  readonly #database: Database.Database;
  readonly #signal: AbortSignal;

  constructor(database: Database.Database, signal: AbortSignal) {
    this.#database = database;
    this.#signal = signal;
  }

  /** True if the file is indexed in this state (`stamp`: size and time of change). */
  has(path: string, stamp: string): boolean {
    return (
      this.#database.prepare('select 1 from source where path = ? and stamp = ?').get(path, stamp) !==
      undefined
    );
  }

  /** Replaces the passages of a file atomically. @returns the number of passages */
  async replace(path: string, stamp: string, passages: AsyncIterable<DocumentPassage>): Promise<number> {
    const database = this.#database;
    const insert = database.prepare(
      'insert into passage(file, source, start, "end", text) values (?, ?, ?, ?, ?)',
    );
    let count = 0;
    database.exec('begin immediate');
    try {
      this.remove(path);
      const { lastInsertRowid: file } = database
        .prepare('insert into source(path, stamp) values (?, ?)')
        .run(path, stamp);
      for await (const { source, start, end, text } of passages) {
        this.#signal.throwIfAborted();
        insert.run(file, source, start, end, text);
        count += 1;
      }
      database.exec('commit');
      return count;
    } catch (error) {
      database.exec('rollback');
      throw error;
    }
  }

  remove(path: string): void {
    this.#database
      .prepare('delete from passage where file in (select id from source where path = ?)')
      .run(path);
    this.#database.prepare('delete from source where path = ?').run(path);
  }

  /** Computes missing vectors. @returns the number of new vectors */
  async embed(embedder: Embedder): Promise<number> {
    const database = this.#database;
    const missing = database.prepare<[string], { id: number; text: string }>(
      'select id, text from passage where id not in (select passage from vector where model = ?) order by id limit 64',
    );
    const insert = database.prepare('insert or replace into vector(passage, model, bytes) values (?, ?, ?)');
    let count = 0;
    for (let rows = missing.all(embedder.model); rows.length > 0; rows = missing.all(embedder.model)) {
      const vectors = await embedder.embed(
        rows.map(({ text }) => text),
        this.#signal,
      );
      database.transaction(() => {
        for (const [index, { id }] of rows.entries())
          insert.run(id, embedder.model, vectorBytes(vectors[index]!));
      })();
      count += rows.length;
    }
    return count;
  }

  /** Full-text search; with an embedder, fused with the nearest vectors by reciprocal rank. */
  retriever(embedder: Embedder | null = null): Retriever {
    return { search: (query, limit) => this.#search(query, limit, embedder) };
  }

  async #search(query: string, limit: number, embedder: Embedder | null): Promise<readonly Passage[]> {
    const match = matchQuery(query);
    const wanted = embedder === null ? limit : candidates;
    const byWords = match === null ? [] : this.#byWords(match, wanted);
    if (embedder === null) return byWords;
    const [vector] = await embedder.embed([query], this.#signal);
    const rows = this.#database
      .prepare<[string], { passage: number; bytes: Buffer }>(
        'select passage, bytes from vector where model = ?',
      )
      .iterate(embedder.model);
    const byMeaning = nearestVectors(vector!, ofSize(rows, vector!.byteLength, embedder.model), candidates);
    const known = new Map(byWords.map((passage) => [passage.id, passage]));
    return fuseRanks([byWords.map(({ id }) => id), byMeaning.map(String)])
      .slice(0, limit)
      .map(({ id, score }) => ({ ...(known.get(id) ?? this.#byId(id)), score }));
  }

  #byWords(match: string, limit: number): readonly Passage[] {
    const rows = this.#database
      .prepare<[string, number], PassageRow & { rank: number }>(
        'select p.id, p.source, p.start, p."end", p.text, f.rank from passage_text f join passage p on p.id = f.rowid where passage_text match ? order by f.rank, p.id limit ?',
      )
      .all(match, limit);
    return rows.map(({ rank, ...row }) => passageOf(row, -rank));
  }

  #byId(id: string): Passage {
    const row = this.#database
      .prepare<[number], PassageRow>('select id, source, start, "end", text from passage where id = ?')
      .get(Number(id))!;
    return passageOf(row, 0);
  }

  size(): CorpusSize {
    const count = (table: string) =>
      (this.#database.prepare(`select count(*) as n from ${table}`).get() as { n: number }).n;
    return { files: count('source'), passages: count('passage'), vectors: count('vector') };
  }

  /** Content hash over the names and states of the files. */
  fingerprint(): string {
    const hash = createHash('sha256');
    const rows = this.#database.prepare<[], { path: string; stamp: string }>(
      'select path, stamp from source order by path',
    );
    for (const { path, stamp } of rows.iterate()) hash.update(`${path}\0${stamp}\0`);
    return hash.digest('hex');
  }

  close(): void {
    this.#database.close();
  }
}

function passageOf({ id, source, start, end, text }: PassageRow, score: number): Passage {
  return { id: String(id), source, start, end, text, score };
}

export interface OpenCorpusOptions {
  /** Create a missing corpus; by default a missing or empty corpus is an error. */
  readonly create?: boolean;
  readonly signal?: AbortSignal;
}

/** Opens a corpus. @throws StoreError for a file that is missing, empty, or not a corpus */
export function openCorpus(file: string, options: OpenCorpusOptions = {}): Corpus {
  const create = options.create === true;
  if (!create && !existsSync(file)) {
    throw new StoreError(`${file}: there is no corpus`, { hint: 'quorate facts index FOLDER makes one' });
  }
  if (create) mkdirSync(dirname(file), { recursive: true });
  let database: Database.Database;
  try {
    database = new Database(file, { readonly: !create });
    const id = database.pragma('application_id', { simple: true });
    const tables = database.prepare('select count(*) as n from sqlite_master').get() as { n: number };
    if (id !== applicationId && tables.n > 0)
      throw new StoreError(`${file}: a database, but no corpus of Quorate`);
    if (create) {
      database.pragma('journal_mode = wal');
      database.pragma(`application_id = ${applicationId}`);
      database.exec(schema);
    }
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    throw new StoreError(`${file}: cannot be opened as a corpus: ${(cause as Error).message}`, { cause });
  }
  const corpus = new Corpus(database, options.signal ?? new AbortController().signal);
  if (!create && corpus.size().passages === 0) {
    corpus.close();
    throw new StoreError(`${file}: the corpus is empty`, { hint: 'quorate facts index FOLDER fills it' });
  }
  return corpus;
}

/** Vectors of another size than in the index: the server has changed its model. */
function* ofSize<Row extends { readonly bytes: Buffer }>(
  rows: Iterable<Row>,
  byteLength: number,
  model: string,
): Generator<Row> {
  for (const row of rows) {
    if (row.bytes.byteLength !== byteLength) {
      throw new ProviderError(
        'bad_reply',
        `"${model}" gives vectors of another size than those of the index`,
        {
          provider: 'openai-compatible',
          model,
          hint: 'build the index again with the model that is asked now',
        },
      );
    }
    yield row;
  }
}
