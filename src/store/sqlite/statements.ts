import type { Database, Statement } from 'better-sqlite3';
import type { OpenBatch } from '../../ports/batch-log.ts';
import type { PaidReply, StoredReply } from '../../ports/reply-cache.ts';
import type { Forfeit, RaterSpending, RecordedTask, RunSummary } from '../../ports/run-store.ts';
import { readStoredReply } from './stored-reply.ts';

export type Statements = ReturnType<typeof prepareStatements>;

/** Every SQL statement of the store, prepared once. Values are bound, never pasted. */
export function prepareStatements(database: Database) {
  const write = (sql: string): Statement<unknown[]> => database.prepare(sql);
  const read = <Row>(sql: string): Statement<unknown[], Row> => database.prepare<unknown[], Row>(sql);
  return {
    addRun: write(
      `INSERT INTO runs (name, created_at, owner) VALUES (?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET owner = excluded.owner`,
    ),
    idOf: read<{ id: number }>('SELECT id FROM runs WHERE name = ?'),
    ownerOf: read<{ owner: string | null }>('SELECT owner FROM runs WHERE name = ?'),
    runs: read<RunSummary>(
      `SELECT name AS run, created_at AS createdAt,
         (SELECT count(*) FROM looks WHERE looks.run = runs.id) AS tasks
       FROM runs ORDER BY id`,
    ),
    addReply: write(
      `INSERT INTO replies (key, provider, model, base_url, request, reply, cost_usd, latency_ms, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING`,
    ),
    addText: write('INSERT INTO texts (hash, content) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING'),
    textByHash: read<{ content: string }>('SELECT content FROM texts WHERE hash = ?'),
    finish: write('UPDATE runs SET finished = ? WHERE id = ?'),
    finishedOf: read<{ finished: string | null }>('SELECT finished FROM runs WHERE name = ?'),
    paidReplyByKey: read<PaidReplyRow>('SELECT key, reply, cost_usd, latency_ms FROM replies WHERE key = ?'),
    replyByKey: read<ReplyRow>('SELECT * FROM replies WHERE key = ?'),
    addTask: write(
      `INSERT INTO looks (run, item, rater, look, fingerprint, votes, replies, cost_usd)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (run, item, rater, look) DO UPDATE SET fingerprint = excluded.fingerprint,
         votes = excluded.votes, replies = excluded.replies, cost_usd = excluded.cost_usd`,
    ),
    tasksOf: read<TaskRow>(
      `SELECT item, rater, look AS task, fingerprint, votes, replies, cost_usd
       FROM looks WHERE run = ? AND item IN (SELECT value FROM json_each(?))`,
    ),
    addSpent: write(
      `INSERT INTO spent (run, rater, usd, calls, unpriced_calls) VALUES (?, ?, ?, 1, ?)
       ON CONFLICT (run, rater) DO UPDATE SET usd = usd + excluded.usd, calls = calls + 1,
         unpriced_calls = unpriced_calls + excluded.unpriced_calls`,
    ),
    spentOf: read<RaterSpending>(
      'SELECT rater, usd, calls, unpriced_calls AS unpricedCalls FROM spent WHERE run = ? ORDER BY rater',
    ),
    forfeitsOf: read<Forfeit>('SELECT rater, item, usd FROM forfeits WHERE run = ? ORDER BY rater, item'),
    addHold: write('INSERT INTO holds (run, id, rater, item, usd) VALUES (?, ?, ?, ?, ?)'),
    dropHold: write('DELETE FROM holds WHERE run = ? AND id = ?'),
    dropHolds: write('DELETE FROM holds WHERE run = ?'),
    addBatch: write(
      `INSERT INTO batches (run, intent, provider, base_url, model, at_ms, batch, questions)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    nameBatch: write('UPDATE batches SET batch = ? WHERE run = ? AND intent = ?'),
    dropBatch: write('DELETE FROM batches WHERE run = ? AND intent = ?'),
    batchesOf: read<BatchRow>('SELECT * FROM batches WHERE run = ? ORDER BY rowid'),
    forfeitHold: write(forfeit('run = ? AND id = ?')),
    forfeitHolds: write(forfeit('run = ?')),
  };
}

function forfeit(which: string): string {
  return `INSERT INTO forfeits (run, rater, item, usd)
    SELECT run, rater, item, sum(usd) FROM holds WHERE ${which} GROUP BY run, rater, item
    ON CONFLICT (run, rater, item) DO UPDATE SET usd = usd + excluded.usd`;
}

export interface ReplyRow {
  readonly key: string;
  readonly provider: string;
  readonly model: string;
  readonly base_url: string;
  readonly request: string;
  readonly reply: string;
  readonly cost_usd: number | null;
  readonly latency_ms: number;
  readonly at: string;
}

type PaidReplyRow = Pick<ReplyRow, 'key' | 'reply' | 'cost_usd' | 'latency_ms'>;

export function paidReplyOf({
  key,
  reply,
  cost_usd: costUsd,
  latency_ms: latencyMs,
}: PaidReplyRow): PaidReply {
  return { key, reply: readStoredReply(reply), costUsd, latencyMs };
}

export function replyOf(row: ReplyRow, request: StoredReply['request']): StoredReply {
  const { provider, model, at } = row;
  return { ...paidReplyOf(row), provider, model, baseUrl: row.base_url, request, at };
}

export interface TaskRow {
  readonly item: string;
  readonly rater: string;
  readonly task: string;
  readonly fingerprint: string;
  readonly votes: string;
  readonly replies: string;
  readonly cost_usd: number | null;
}

export function taskOf(row: TaskRow): RecordedTask {
  const { item, rater, task, fingerprint } = row;
  return {
    item,
    rater,
    task,
    fingerprint,
    votes: JSON.parse(row.votes) as RecordedTask['votes'],
    replies: JSON.parse(row.replies) as RecordedTask['replies'],
    costUsd: row.cost_usd,
  };
}

export interface BatchRow {
  readonly intent: string;
  readonly provider: string;
  readonly base_url: string;
  readonly model: string;
  readonly at_ms: number;
  readonly batch: string | null;
  readonly questions: string;
}

export function batchOf(row: BatchRow): OpenBatch {
  const { intent, provider, base_url: baseUrl, model, at_ms: atMs, batch } = row;
  const questions = JSON.parse(row.questions) as OpenBatch['questions'];
  return { intent, provider, baseUrl, model, atMs, batch, questions };
}
