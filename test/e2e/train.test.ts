import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { program } from '../support/run-cli.ts';
import { Workspace } from '../support/workspace.ts';

let place: Workspace;
beforeEach(() => {
  place = new Workspace();
  mkdirSync(place.path('data'));
  place.write('data/manifest.json', JSON.stringify({ content_hash: 'a'.repeat(64) }));
  // Says that it began, then waits for the test; what it did before is in its folder.
  place.write(
    'train.sh',
    'echo began >> began; while [ ! -e go ]; do sleep 0.05; done; echo x > "$QUORATE_OUTPUT/model"\n',
  );
});
afterEach(() => place.remove());

function loop(more = ''): void {
  place.write(
    'loop.yaml',
    `model: bot\ntrain:\n  dataset: data\n  run: [/bin/sh, train.sh]\n  metrics: false\n${more}`,
  );
}

function train() {
  const child = spawn(process.execPath, [program, 'train', '--trust', '--json'], { cwd: place.folder });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.resume();
  const done = new Promise<{ readonly code: number | null; readonly out: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, out })),
  );
  return { child, done };
}

/** Resolves once it holds; the test's own time limit ends it otherwise. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await setTimeout(10);
}

const began = () => (existsSync(place.path('began')) ? place.read('began').trim().split('\n').length : 0);

it('killed while it waits, the same command finds the training where it is: begun once, registered once', async () => {
  loop();
  for (let kill = 0; kill < 3; kill += 1) {
    const { child, done } = train();
    await until(() => began() === 1);
    child.kill('SIGKILL');
    await done;
  }
  const last = train();
  place.write('go', '');
  const { code, out } = await last.done;
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ status: 'registered', version: '1', attempts: [{ number: 1 }] });
  expect(began()).toBe(1);
  const listed = await place.quorate(['models', 'list', '--json']);
  expect(JSON.parse(listed.out)).toMatchObject({ models: [{ versions: [{ version: '1' }] }] });
});

it('when the command died too, takes it up again as configured, and only one process trains', async () => {
  loop('  on_crash: resume\n');
  const { child, done } = train();
  await until(() => began() === 1);
  const other = await train().done;
  expect(other).toMatchObject({ code: 2, out: '' });
  child.kill('SIGKILL');
  await done;
  const [id] = readdirSync(place.path('loop/trainings'));
  process.kill(-Number(place.read(`loop/trainings/${id}/attempt-1/pid`)), 'SIGKILL');
  const last = train();
  await until(() => began() === 2);
  place.write('go', '');
  const { code, out } = await last.done;
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    status: 'registered',
    attempts: [{ end: 'vanished' }, { resumes: true, exit_code: 0 }],
  });
});

it('Ctrl-C ends the command with it, and the same command goes on', async () => {
  loop();
  const { child, done } = train();
  await until(() => began() === 1);
  child.kill('SIGINT');
  expect((await done).code).toBe(130);
  place.write('go', '');
  const { out } = await train().done;
  expect(JSON.parse(out)).toMatchObject({
    status: 'registered',
    attempts: [{ end: 'interrupted' }, { end: 'exited', exit_code: 0 }],
  });
  expect(began()).toBe(2);
});
