// Feedback over HTTP: singles and batches against `quorate serve`, in ratio to bare SQLite inserts on the same disk.
//   npm run bench -- feedback-http [--quick]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';

const program = resolve('bin/quorate.js');
const env = { ...process.env, QUORATE_AUTHOR_KEY: 'a key for the bench, long enough to be one' };

interface Load {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly cpuSeconds: number;
}

export async function main({ quick = false }: { readonly quick?: boolean }): Promise<void> {
  const folder = mkdtempSync(join(process.cwd(), '.cache', 'feedback-http-'));
  try {
    const bareSingles = bareInserts(join(folder, 'bare.db'), quick ? 500 : 5000, 1);
    const bareBatches = bareInserts(join(folder, 'bare.db'), quick ? 5000 : 50_000, 500);
    const token = (await run(folder, ['tokens', 'create', '--scope', 'ingest'])).trim();
    const server = await serve(folder);
    const load = async (options: object) => {
      const before = cpuSeconds(server.child.pid!);
      const measured = JSON.parse(
        await output(
          spawn(process.execPath, [
            resolve('bench/feedback/load.mjs'),
            server.url,
            token,
            JSON.stringify(options),
          ]),
        ),
      ) as Load;
      const failed = Object.keys(measured.statuses).filter((status) => status !== '200' && status !== '201');
      if (failed.length > 0) throw new Error(`answers of status ${failed.join(', ')}`);
      return { ...measured, serverCpu: cpuSeconds(server.child.pid!) - before };
    };
    const single = { batch: 1, perSecond: null, concurrency: 32 };
    await load({ ...single, events: 500, prefix: 'warm' });
    const events = quick ? 2000 : 20_000;
    const singles = await load({ ...single, events, prefix: 'single' });
    const steady = await load({
      ...single,
      events: quick ? 1000 : 6000,
      perSecond: 200,
      concurrency: 64,
      prefix: 'steady',
    });
    const batchEvents = quick ? 5000 : 50_000;
    const batches = await load({
      ...single,
      events: batchEvents,
      batch: 500,
      concurrency: 2,
      prefix: 'batch',
    });
    server.child.kill('SIGTERM');
    await once(server.child, 'exit');

    const rows = [
      ['bare SQLite, a commit for each insert', bareSingles, null, null, null, null],
      ['bare SQLite, a commit for 500 inserts', bareBatches, null, null, null, null],
      [
        'POST, one event, 32 at a time',
        singles.perSecond,
        singles.p50,
        singles.p99,
        (1e6 * singles.serverCpu) / events,
        singles.perSecond / bareSingles,
      ],
      ['POST, one event, 200 a second', steady.perSecond, steady.p50, steady.p99, null, null],
      [
        'POST, 500 events, 2 at a time',
        batches.perSecond,
        batches.p50,
        batches.p99,
        (1e6 * batches.serverCpu) / batchEvents,
        batches.perSecond / bareBatches,
      ],
    ] as const;
    console.log('| what | events/s | p50 ms | p99 ms | server CPU µs an event | ratio to bare |');
    console.log('|---|---|---|---|---|---|');
    for (const [what, perSecond, p50, p99, cpu, ratio] of rows) {
      const cells = [
        Math.round(perSecond).toLocaleString('en'),
        p50?.toFixed(1),
        p99?.toFixed(1),
        cpu?.toFixed(0),
        ratio?.toFixed(2),
      ];
      console.log(`| ${what} | ${cells.map((cell) => cell ?? '').join(' | ')} |`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The floor: rows of the same size into one table, as durable. @returns rows a second */
function bareInserts(file: string, count: number, perCommit: number): number {
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE IF NOT EXISTS events (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT');
  const insert = database.prepare('INSERT INTO events VALUES (?, ?)');
  const body = 'x'.repeat(1400);
  const commit = database.transaction((from: number) => {
    for (let index = from; index < from + perCommit; index += 1) insert.run(`${perCommit}/${index}`, body);
  });
  const began = performance.now();
  for (let from = 0; from < count; from += perCommit) commit(from);
  const seconds = (performance.now() - began) / 1000;
  database.close();
  return count / seconds;
}

async function serve(folder: string) {
  const child = spawn(process.execPath, [program, 'serve', '--port', '0'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  for await (const line of createInterface(child.stderr!)) {
    const { event, url } = JSON.parse(line) as { event: string; url: string };
    if (event === 'listening') {
      child.stderr!.resume();
      return { child, url };
    }
  }
  throw new Error('the server did not start');
}

function run(folder: string, argv: readonly string[]): Promise<string> {
  return output(spawn(process.execPath, [program, ...argv], { cwd: folder, env }));
}

async function output(child: ReturnType<typeof spawn>): Promise<string> {
  let text = '';
  child.stdout!.on('data', (data: Buffer) => {
    text += data.toString();
  });
  child.stderr!.pipe(process.stderr);
  await once(child, 'close');
  return text;
}

/** Of a process, since its start; Linux counts in hundredths of a second. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
