import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FeedbackEvent, FeedbackSignal, Interaction } from '../src/domain/feedback-event.ts';
import { mergeFeedback } from '../src/feedback/merge/merge-feedback.ts';
import { feedbackStats } from '../src/feedback/metrics/feedback-stats.ts';
import { tallyWindows } from '../src/feedback/metrics/tally-windows.ts';
import type { StoredEvent } from '../src/ports/feedback-store.ts';
import { openSqliteFeedbackStore } from '../src/store/sqlite/feedback/sqlite-feedback-store.ts';

const untilMs = Date.parse('2026-03-15T00:00:00Z');
const window = { sinceMs: untilMs - 7 * 86_400_000, untilMs };

/** Metrics over a stream of made-up events and as many interactions; then stats and merge over a SQLite store of a tenth of them. */
export async function main({ quick }: { readonly quick: boolean }): Promise<void> {
  const count = quick ? 100_000 : 1_000_000;
  const rows: (readonly [string, number])[] = [];
  const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const before = process.cpuUsage();
    const result = await work();
    const { user, system } = process.cpuUsage(before);
    rows.push([name, (user + system) / 1e6]);
    return result;
  };
  await timed(`making ${count} events and interactions`, () => drain(stored(count), interactions(count)));
  await timed('the same, counted and measured', async () =>
    feedbackStats(await tallyWindows(stored(count), interactions(count), window), window),
  );
  const peakMb = process.resourceUsage().maxRSS / 1024;
  const kept = count / 10;
  const folder = await mkdtemp(join(tmpdir(), 'quorate-bench-'));
  const store = openSqliteFeedbackStore(join(folder, 'feedback.db'));
  try {
    for (let from = 0; from < kept; from += 5000) {
      await store.append(Array.from({ length: 5000 }, (_, index) => event(from + index)));
    }
    await timed(`reading ${kept} events of a store`, () => drain(store.events(), []));
    await timed('the same, counted and measured', async () =>
      feedbackStats(await tallyWindows(store.events(), [], window), window),
    );
    await timed('the same, merged into votes and items', async () => {
      const merge = await mergeFeedback(store);
      await drain(merge.votes(), []);
      await drain(merge.items(), []);
    });
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
  console.log('| step | CPU s |\n|---|---|');
  for (const [name, seconds] of rows) console.log(`| ${name} | ${seconds.toFixed(1)} |`);
  console.log(`\npeak of the stream: ${peakMb.toFixed(0)} MB`);
}

async function drain(...streams: readonly (AsyncIterable<unknown> | Iterable<unknown>)[]): Promise<void> {
  for (const stream of streams) for await (const _ of stream);
}

function* stored(count: number): Generator<StoredEvent> {
  for (let number = 0; number < count; number += 1) yield { event: event(number), receivedAt: '' };
}

function* interactions(count: number): Generator<Interaction> {
  for (let number = 0; number < count; number += 1) yield served(3 * number);
}

const signals: readonly FeedbackSignal[] = [
  { kind: 'thumb', thumb: 'up' },
  { kind: 'thumb', thumb: 'up' },
  { kind: 'thumb', thumb: 'up', comment: 'nice and short' },
  { kind: 'stars', stars: 4 },
  { kind: 'stars', stars: 2 },
  { kind: 'thumb', thumb: 'down', comment: 'wrong, the second date is not in the report' },
  { kind: 'correction', corrected: 'Two moons: Phobos and Deimos.' },
  { kind: 'copy' },
];

/** Fifty thousand users, twelve categories, three versions, fourteen days. */
function event(number: number): FeedbackEvent {
  return {
    id: `event-${number}`,
    author: `k1:${(number % 50_000).toString(16).padStart(32, '0')}`,
    author_kind: 'end_user',
    ...served(number),
    ...signals[number % signals.length]!,
  };
}

function served(number: number): Interaction {
  return {
    session_id: `session-${number % 90_000}`,
    query_id: `query-${number}`,
    response_id: `response-${number}`,
    query: `How many moons has planet ${number % 5000}?`,
    response: `Answer ${number}: two, Phobos and Deimos.`,
    model_version: `m${number % 3}`,
    settings: {},
    at: new Date(untilMs - 1 - (number % 1_200_000) * 1000).toISOString(),
    source: 'app',
    category: `category ${number % 12}`,
  };
}
