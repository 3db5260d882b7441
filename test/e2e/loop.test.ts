import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { feedbackEvent } from '../support/feedback-signal.ts';
import { program } from '../support/run-cli.ts';
import { Workspace } from '../support/workspace.ts';

let place: Workspace;
beforeEach(() => {
  place = new Workspace();
});
afterEach(() => place.remove());

const env = { PATH: process.env.PATH, QUORATE_AUTHOR_KEY: 'k'.repeat(64) };

async function flag(id: string): Promise<void> {
  const event = feedbackEvent(
    id,
    { kind: 'flag', flag: 'safety' },
    { response_id: id, author: 'ann', at: new Date().toISOString() },
  );
  place.writeJsonLines('events.jsonl', [event]);
  const { code, err } = await place.quorate(['feedback', 'import', 'events.jsonl'], { env });
  expect([code, err]).toEqual([0, expect.anything()]);
}

function loop() {
  const child = spawn(process.execPath, [program, 'loop'], { cwd: place.folder, env, stdio: 'ignore' });
  const done = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return { child, done };
}

/** Resolves once it holds; the test's own time limit ends it otherwise. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await setTimeout(10);
}

const told = () => (existsSync(place.path('told')) ? place.read('told').trim().split('\n').length : 0);

it('a loop that is killed while it tells of a flag tells of every flag once', async () => {
  place.write(
    'loop.yaml',
    `model: bot
cadence: { safety: { at: "* * * * * *" }, daily: { at: false } }
triggers:
  safety_flags: { action: { shell: 'echo told >> told; while [ ! -e "go" ]; do sleep 0.05; done' } }
`,
  );
  await flag('f1');
  const first = loop();
  await until(() => told() === 1);
  first.child.kill('SIGKILL');
  await first.done;
  const second = loop();
  place.write('go', '');
  await flag('f2');
  await until(() => told() === 2);
  second.child.kill('SIGTERM');
  expect(await second.done).toBe(130);
  const { out } = await place.quorate(['triggers', '--history', '--json']);
  expect(JSON.parse(out)).toMatchObject({
    firings: [
      { evidence: { detail: { events: ['f1'] } }, outcome: { status: 'done' } },
      { evidence: { detail: { events: ['f2'] } } },
    ],
  });
  expect(told()).toBe(2);
});
