import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StoreError } from '../../domain/errors.ts';
import { CommitQueue } from './commit-queue.ts';

describe('CommitQueue', () => {
  let database: Database.Database;
  let queue: CommitQueue;

  beforeEach(() => {
    database = new Database(':memory:');
    database.exec('CREATE TABLE notes (text TEXT NOT NULL)');
    queue = new CommitQueue(database, 'quorate.db');
  });

  afterEach(() => void database.close());

  const write = (text: string) => queue.add(() => database.prepare('INSERT INTO notes VALUES (?)').run(text));
  const count = () => (database.prepare('SELECT count(*) AS n FROM notes').get() as { n: number }).n;

  it('commits the writes of one event-loop turn together', async () => {
    const batches = new Set(['a', 'b', 'c'].map(write));
    expect(batches.size).toBe(1);
    expect(count()).toBe(0);
    await Promise.all(batches);
    expect(count()).toBe(3);
    expect(write('d')).not.toBe([...batches][0]);
    queue.flush();
    expect(count()).toBe(4);
  });

  it('reports a full disk, and keeps committed writes', async () => {
    await write('before');
    const pages = database.pragma('page_count', { simple: true }) as number;
    database.pragma(`max_page_count = ${pages}`);
    const [small, large] = [write('small'), write('x'.repeat(1_000_000))];
    await expect(large).rejects.toThrow(/quorate\.db: the disk is full \(SQLITE_FULL\)/);
    await expect(small).rejects.toThrow(StoreError);
    expect(count()).toBe(1);
  });

  it('reports a store without write permission', async () => {
    database.pragma('query_only = ON');
    await expect(write('a')).rejects.toThrow(/the store may not be written \(SQLITE_READONLY\)/);
  });
});
