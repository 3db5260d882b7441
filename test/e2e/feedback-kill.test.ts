import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/stats/random.ts';
import { openSqliteFeedbackStore } from '../../src/store/sqlite/feedback/sqlite-feedback-store.ts';
import { tempFolder } from '../support/temp-folder.ts';

const writer = fileURLToPath(new URL('../support/feedback-writer-process.mjs', import.meta.url));
const built = existsSync(new URL('../../dist/stores.js', import.meta.url));

let folder: string;
let file: string;
beforeEach(() => {
  folder = tempFolder();
  file = join(folder, 'feedback.db');
});

interface Written {
  readonly code: number | null;
  readonly err: string;
  readonly acknowledged: readonly string[];
}

/** Runs a writer; `onLine` sees it after every acknowledged batch. */
function write(
  args: readonly string[],
  onLine: (child: ChildProcess, lines: number) => void = () => {},
  shell = 'exec "$0" "$@"',
): Promise<Written> {
  const child = spawn('bash', ['-c', shell, process.execPath, writer, file, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  let lines = 0;
  child.stderr.on('data', (data: Buffer) => {
    err += data.toString();
  });
  child.stdout.on('data', (data: Buffer) => {
    out += data.toString();
    const now = out.split('\n').length - 1;
    if (now > lines) onLine(child, now);
    lines = now;
  });
  return new Promise((resolve) =>
    child.once('close', (code) => {
      const whole = out.slice(0, out.lastIndexOf('\n') + 1);
      resolve({ code, err, acknowledged: whole.split(/\s/).filter((id) => id !== '') });
    }),
  );
}

async function stored(): Promise<Set<string>> {
  const store = openSqliteFeedbackStore(file);
  const ids = new Set<string>();
  let count = 0;
  for await (const { event } of store.events()) {
    ids.add(event.id);
    count += 1;
  }
  await store.close();
  expect(count).toBe(ids.size);
  return ids;
}

// `npm test` builds before it tests; without a build there is no process to kill.
describe.skipIf(!built)('the feedback store under force', () => {
  it('loses no acknowledged event to kill -9, whenever it comes', async () => {
    const random = seededRandom('feedback/kill');
    const acknowledged: string[] = [];
    for (const size of ['1', '7', '50', '1', '50']) {
      const after = 1 + Math.floor(random() * 40);
      const run = await write([`${acknowledged.length}`, size], (child, lines) => {
        if (lines >= after) child.kill('SIGKILL');
      });
      expect(run.acknowledged.length).toBeGreaterThanOrEqual(after * Number(size));
      acknowledged.push(...run.acknowledged);
    }
    const ids = await stored();
    expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
  }, 60_000);

  it('lets two processes write at once', async () => {
    const runs = await Promise.all([write(['a', '5', '300']), write(['b', '1', '300'])]);
    expect(runs.map(({ code, err }) => [code, err])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    expect((await stored()).size).toBe(600);
  }, 60_000);

  it('says that the disk is full, and keeps what it acknowledged', async () => {
    // No file of the process may grow beyond 400 KB: what a full disk is to one that writes.
    const run = await write(['a', '10'], undefined, `trap '' XFSZ; ulimit -f 400; exec "$0" "$@"`);
    expect(run.code).toBe(1);
    expect(run.err).toMatch(/StoreError: .*feedback\.db: (the disk is full|the store failed)/);
    const ids = await stored();
    expect(run.acknowledged.length).toBeGreaterThan(0);
    expect(run.acknowledged.filter((id) => !ids.has(id))).toEqual([]);
  }, 60_000);
});
