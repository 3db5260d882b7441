import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FeedbackEvent, FeedbackSignal } from '../src/domain/feedback-event.ts';
import { type Random, seededRandom } from '../src/stats/random.ts';
import { openSqliteFeedbackStore } from '../src/store/sqlite/feedback/sqlite-feedback-store.ts';
import { honestComment } from '../test/support/feedback-comments.ts';

/** The built program over a store of a million events: `npm run bench -- feedback-clean`. */
export async function main({ quick = false }: { readonly quick?: boolean } = {}): Promise<void> {
  const folder = mkdtempSync(join(process.cwd(), '.cache', 'feedback-clean-'));
  try {
    const events = quick ? 100_000 : 1_000_000;
    const file = join(folder, 'feedback.db');
    await fill(file, events);
    console.log('| step | events | seconds | CPU seconds | peak MB |\n|---|---|---|---|---|');
    for (const [step, ...flags] of [
      ['clean, nothing logged', '--dry-run'],
      ['clean, first time'],
      ['clean again, nothing new'],
    ] as const) {
      const measured = runClean(folder, file, flags);
      console.log(
        `| ${step} | ${events.toLocaleString('en')} | ${measured.seconds.toFixed(1)} | ${measured.cpu.toFixed(1)} | ${measured.peak.toFixed(0)} |`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function runClean(folder: string, store: string, flags: readonly string[]) {
  const watch =
    "data:text/javascript,process.on('exit',()=>{const u=process.resourceUsage();process.stderr.write('maxrss '+u.maxRSS+' cpu '+(u.userCPUTime+u.systemCPUTime)/1e6)})";
  const started = process.hrtime.bigint();
  const { stderr, status } = spawnSync(
    process.execPath,
    ['--import', watch, resolve('bin/quorate.js'), 'feedback', 'clean', '--store', store, ...flags],
    { cwd: folder, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return {
    seconds: Number(process.hrtime.bigint() - started) / 1e9,
    peak: Number(/maxrss (\d+)/.exec(stderr)?.[1]) / 1024,
    cpu: Number(/cpu ([\d.]+)/.exec(stderr)?.[1]),
  };
}

const batch = 5_000;

async function fill(file: string, count: number): Promise<void> {
  const store = openSqliteFeedbackStore(file);
  const random = seededRandom('a million events');
  let waiting: FeedbackEvent[] = [];
  for (let number = 0; number < count; number += 1) {
    waiting.push(draw(number, count, random));
    if (waiting.length < batch && number + 1 < count) continue;
    await store.append(waiting);
    waiting = [];
  }
  await store.close();
}

const models = ['model-a', 'model-b', 'model-c', 'model-d'];

/** Three events a response, twenty an author, a quarter with a comment, a tenth comparisons. */
function draw(number: number, count: number, random: Random): FeedbackEvent {
  const response = Math.floor((random() * count) / 3);
  const text = `response ${response} `.repeat(10 + (response % 40));
  const model = models[response % 4]!;
  return {
    id: `event-${number}-0123456789abcdef`,
    session_id: `session-${Math.floor(number / 5)}`,
    query_id: `query-${response >> 2}`,
    response_id: `response-${response}`,
    query: `question ${response >> 2}`,
    response: text,
    model_version: model,
    settings: { temperature: 0.5 },
    at: new Date(Date.UTC(2026, 0, 1) + number * 700 + Math.floor(random() * 60_000)).toISOString(),
    source: 'app',
    author_kind: 'end_user',
    author: `k1:${Math.floor((random() * count) / 20)
      .toString(16)
      .padStart(32, '0')}`,
    ...signal(response, text, random),
  };
}

function signal(response: number, text: string, random: Random): FeedbackSignal {
  const kind = random();
  const comment = random() < 0.25 ? { comment: honestComment(random, 12) } : {};
  if (kind < 0.1) {
    const other = {
      response_id: `response-${response ^ 1}`,
      response: text,
      model_version: models[(response ^ 1) % 4]!,
    };
    return { kind: 'comparison', other, preferred: random() < 0.5 ? 'this' : 'other' };
  }
  const good = random() < 0.4 + 0.4 * ((response * 2654435761) % 2);
  if (kind < 0.7) return { kind: 'thumb', thumb: good ? 'up' : 'down', ...comment };
  return { kind: 'stars', stars: good ? 5 : 2, ...comment };
}
