import { afterEach, expect, it } from 'vitest';
import { gateResult } from '../support/gate-result.ts';
import { runCli } from '../support/run-cli.ts';
import { Workspace } from '../support/workspace.ts';

let place: Workspace;
afterEach(() => place.remove());

it('of processes that promote at once, each past the gate against version 1, exactly one does', async () => {
  place = new Workspace();
  const others = ['2', '3', '4', '5'];
  for (const version of ['1', ...others]) {
    await place.quorate(['models', 'register', 'bot', '--artefact', version]);
    place.write(`${version}.json`, JSON.stringify(gateResult(`bot:${version}`, 'bot:1', 'pass')));
  }
  await place.quorate(['models', 'promote', 'bot', '1', '--reason', 'first']);
  const ran = await Promise.all(
    others.map((version) =>
      runCli(place.folder, ['models', 'promote', 'bot', version, '--gate-report', `${version}.json`]),
    ),
  );
  expect(ran.map(({ code }) => code).sort()).toEqual([0, 1, 1, 1]);
  const winner = others[ran.findIndex(({ code }) => code === 0)];
  const listed = await place.quorate(['models', 'list', '--json']);
  expect(JSON.parse(listed.out)).toMatchObject({ models: [{ production: winner }] });
});
