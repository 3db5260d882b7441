import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { FeedbackEvent } from '../src/domain/feedback-event.ts';
import { defaultIntakeRules } from '../src/domain/intake.ts';
import { acceptEvent, type IntakeSettings } from '../src/feedback/intake/accept-event.ts';
import { readAuthorKeys } from '../src/feedback/intake/author-keys.ts';
import { openSqliteFeedbackStore } from '../src/store/sqlite/feedback/sqlite-feedback-store.ts';

const batch = 500;
const intake: IntakeSettings = {
  rules: defaultIntakeRules,
  keys: readAuthorKeys({ QUORATE_AUTHOR_KEY: 'a key for measurements, long enough' }),
  nowMs: Date.parse('2026-03-05T00:00:00Z'),
};

/** Durable ingestion against a bare loop of inserts in the same minute, single events, and reading all of it back. */
export async function main(options: { readonly quick?: boolean } = {}): Promise<void> {
  const count = options.quick ? 20_000 : 200_000;
  const folder = mkdtempSync(join(tmpdir(), 'quorate-ingest-'));
  try {
    console.log(`${count} events, two a response, 400 characters a response, batches of ${batch}\n`);
    console.log('| what | events/s | CPU µs an event | against the bare loop |\n|---|---:|---:|---:|');
    const bare = await measured(count, async () => bareLoop(join(folder, 'bare.db'), count));
    row('bare insert loop of the same JSON, WAL, synchronous=FULL', bare, bare);
    const file = join(folder, 'feedback.db');
    const store = openSqliteFeedbackStore(file);
    const heap: number[] = [];
    const whole = await measured(count, async () => {
      for (let from = 0; from < count; from += batch) {
        const events: FeedbackEvent[] = [];
        for (let index = from; index < from + batch; index += 1) {
          const accepted = acceptEvent(incoming(index), intake);
          if (!accepted.ok) throw new Error('the measurement made a bad event');
          events.push(accepted.event);
        }
        await store.append(events);
        if (from % (count / 10) === 0) heap.push(process.memoryUsage().rss / 1e6);
      }
    });
    row('intake (schema, pseudonym) and store', whole, bare);
    const singles = Math.min(count, 10_000);
    const single = await measured(singles, async () => {
      for (let from = 0; from < singles; from += 64) {
        const endpoints = Array.from({ length: 64 }, (_, endpoint) => incoming(count + from + endpoint));
        await Promise.all(
          endpoints.map((one) => {
            const accepted = acceptEvent(one, intake);
            if (!accepted.ok) throw new Error('the measurement made a bad event');
            return store.append([accepted.event]);
          }),
        );
      }
    });
    row('one by one, 64 at a time (group commit)', single, bare);
    const read = await measured(count, async () => {
      for await (const _ of store.events());
    });
    row('reading all back, with decisions', read, bare);
    await store.close();
    console.log(`\nresident MB while ingesting: ${heap.map((mb) => mb.toFixed(0)).join(', ')}`);
    console.log(`wanted: at least 5000 events/s in batches; ${whole.rate.toFixed(0)} measured`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Measured {
  readonly rate: number;
  readonly cpuUs: number;
}

async function measured(count: number, work: () => Promise<void>): Promise<Measured> {
  const started = performance.now();
  const cpu = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { rate: count / ((performance.now() - started) / 1000), cpuUs: (user + system) / count };
}

function row(what: string, one: Measured, bare: Measured): void {
  console.log(
    `| ${what} | ${one.rate.toFixed(0)} | ${one.cpuUs.toFixed(1)} | ${(one.rate / bare.rate).toFixed(2)} |`,
  );
}

async function bareLoop(file: string, count: number): Promise<void> {
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE events (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT');
  const insert = database.prepare('INSERT INTO events VALUES (?, ?)');
  for (let from = 0; from < count; from += batch) {
    database.transaction(() => {
      for (let index = from; index < from + batch; index += 1) {
        const event = incoming(index);
        insert.run(event.id, JSON.stringify(event));
      }
    })();
  }
  database.close();
}

const filler = 'The quick brown fox jumps over the lazy dog. '.repeat(9).slice(0, 390);

function incoming(index: number) {
  const response = index >> 1;
  return {
    id: `event-${index}`,
    session_id: `session-${response >> 2}`,
    query_id: `query-${response}`,
    response_id: `response-${response}`,
    query: `Question ${response}: what does the fox do?`,
    response: `${response} ${filler}`,
    model_version: `model-${response % 3}`,
    settings: { temperature: 0.7, top_p: 0.9 },
    at: new Date(1_770_000_000_000 + index * 1000).toISOString(),
    source: 'bench',
    author_kind: 'end_user',
    author: `user-${(index * 7919) % 5000}`,
    kind: index % 2 === 0 ? 'thumb' : 'comment',
    ...(index % 2 === 0
      ? { thumb: index % 6 === 0 ? 'down' : 'up' }
      : { comment: `Comment ${index}: fine.` }),
  };
}
