import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
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

const env = { PATH: process.env.PATH, QUORATE_AUTHOR_KEY: 'k'.repeat(64), HOOK_SECRET: 'shared' };

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
  const child = spawn(process.execPath, [program, 'loop', '--trust'], {
    cwd: place.folder,
    env,
    stdio: 'ignore',
  });
  const done = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return { child, done };
}

/** Resolves once it holds; the test's own time limit ends it otherwise. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await setTimeout(10);
}

const reported = () =>
  existsSync(place.path('reported')) ? place.read('reported').trim().split('\n').length : 0;

it('a loop that is killed while it reports a flag reports every flag once', async () => {
  place.write(
    'loop.yaml',
    `model: bot
cadence: { safety: { at: "* * * * * *" }, daily: { at: false } }
triggers:
  safety_flags: { action: { shell: 'echo reported >> reported; while [ ! -e "go" ]; do sleep 0.05; done' } }
`,
  );
  await flag('f1');
  const first = loop();
  await until(() => reported() === 1);
  first.child.kill('SIGKILL');
  await first.done;
  const second = loop();
  place.write('go', '');
  await flag('f2');
  await until(() => reported() === 2);
  second.child.kill('SIGTERM');
  expect(await second.done).toBe(130);
  const { out } = await place.quorate(['triggers', '--history', '--json']);
  expect(JSON.parse(out)).toMatchObject({
    firings: [
      { evidence: { detail: { events: ['f1'] } }, outcome: { status: 'done' } },
      { evidence: { detail: { events: ['f2'] } } },
    ],
  });
  expect(reported()).toBe(2);
});

it('a loop that is killed while its webhook receives a flag sends it again under the same id, and loses none', async () => {
  const included: { id: string; event: string }[] = [];
  /** Answers once the test says so. */
  const held: ServerResponse[] = [];
  let isOpen = false;
  const hook = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    included.push({ id: String(request.headers['webhook-id']), event: JSON.parse(text).event });
    if (isOpen) response.writeHead(204).end();
    else held.push(response);
  });
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}`;
  place.write('feedback.yaml', `alerts: { webhook: { url: "${url}", secret_env: HOOK_SECRET } }\n`);
  place.write('loop.yaml', 'model: bot\ncadence: { safety: { at: "* * * * * *" }, daily: { at: false } }\n');
  await flag('f1');
  const first = loop();
  await until(() => included.length === 1);
  first.child.kill('SIGKILL');
  await first.done;
  await flag('f2');
  isOpen = true;
  const second = loop();
  await until(() => included.length === 3);
  // one more look finds nothing new
  await flag('f3');
  await until(() => included.length === 4);
  second.child.kill('SIGTERM');
  expect(await second.done).toBe(130);
  expect(included.map(({ event }) => event)).toEqual(['f1', 'f1', 'f2', 'f3']);
  expect(included[1]).toEqual(included[0]);
  expect(new Set(included.map(({ id }) => id)).size).toBe(3);
  const log = place.read('.quorate/alerts.jsonl').trim().split('\n');
  expect(new Set(log.map((text) => (JSON.parse(text) as { event: string }).event))).toEqual(
    new Set(['f1', 'f2', 'f3']),
  );
  for (const response of held) response.destroy();
  await new Promise((resolve) => hook.close(resolve));
});

it('a loop whose webhook has no secret says so before it starts', async () => {
  place.write('loop.yaml', 'model: bot\n');
  place.write('feedback.yaml', 'alerts: { webhook: { url: "http://127.0.0.1:9", secret_env: NO_SECRET } }\n');
  expect(await place.quorate(['loop', '--trust', '--once'], { env })).toMatchObject({
    code: 2,
    err: expect.stringContaining('set the environment variable NO_SECRET'),
  });
  expect(await place.quorate(['triggers'], { env })).toMatchObject({ code: 0 });
});
