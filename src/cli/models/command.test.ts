import { afterEach, beforeEach, expect, it } from 'vitest';
import { gateResult } from '../../../test/support/gate-result.ts';
import { Workspace } from '../../../test/support/workspace.ts';

let place: Workspace;
beforeEach(() => {
  place = new Workspace();
});
afterEach(() => place.remove());

const models = (...argv: string[]) => place.quorate(['models', ...argv]);

it('registers, gates, promotes, rolls back, and prints the history', async () => {
  place.write('manifest.json', JSON.stringify({ content_hash: 'a'.repeat(64), origin: { job: 'nightly' } }));
  place.write('metrics.json', JSON.stringify({ eval: { loss: 0.5 }, name: 'x' }));
  place.write('trl.yaml', 'beta: 0.1\n');
  expect(await models('register', 'bot', '--artefact', 'model-1')).toMatchObject({ code: 0 });
  const flags = ['--manifest', '.', '--metrics', 'metrics.json', '--training-config', 'trl.yaml'];
  const added = await models('register', 'bot', '--artefact', 's3://b/2', ...flags, '--tag', 'a=b', '--json');
  expect(JSON.parse(added.out)).toMatchObject({
    model: 'bot',
    version: '2',
    stage: 'candidate',
    artefact: 's3://b/2',
    lineage: { dataset_hash: 'a'.repeat(64), job: 'nightly', training_config: { beta: 0.1 } },
    metrics: { 'eval.loss': 0.5 },
    tags: { a: 'b' },
  });

  expect(await models('promote', 'bot', '1')).toMatchObject({ code: 2 });
  expect(await models('promote', 'bot', '1', '--reason', 'serves today')).toMatchObject({ code: 0 });
  const refused = await models('promote', 'bot', '2', '--reason', 'newer');
  expect(refused).toMatchObject({ code: 1, out: '' });
  expect(refused.err).toMatch(/no gate against version 1[\s\S]*"bot:1" as the baseline/);

  place.write('unsure.json', JSON.stringify(gateResult('bot:2', 'bot:1', 'inconclusive')));
  place.write('pass.json', JSON.stringify(gateResult('bot:2', 'bot:1', 'pass')));
  expect(await models('promote', 'bot', '2', '--gate-report', 'unsure.json')).toMatchObject({ code: 3 });
  const promoted = await models('promote', 'bot', '2', '--gate-report', 'pass.json', '--by', 'ada');
  expect(promoted).toMatchObject({
    code: 0,
    out: 'bot version 2 is now in production; version 1 is archived\n',
  });

  expect((await models('rollback', 'bot', '--reason', 'complaints', '--from', '1')).err).toMatch(
    /"bot" changed concurrently: version 2 is in production, not 1/,
  );
  expect(await models('rollback', 'bot', '--reason', 'complaints', '--by', 'bo')).toMatchObject({ code: 0 });
  const { out } = await models('show', 'bot');
  expect(out).toMatch(/ada: version 2 candidate -> production through its gate: win_rate: pass/);
  expect(out).toMatch(/bo: version 1 archived -> production rolling back: complaints/);
  const { history } = JSON.parse((await models('show', 'bot', '--json')).out) as { history: unknown[] };
  expect(history).toHaveLength(9);
  expect(JSON.parse((await models('list', '--json')).out)).toMatchObject({
    models: [{ model: 'bot', production: '1' }],
  });
  expect((await models('diff', 'bot', '1', '2')).out).toMatch(/lineage\.dataset_hash +- +a{64}/);
});

it('overrides only by name and reason, and says so loudly', async () => {
  for (const artefact of ['a', 'b']) await models('register', 'bot', '--artefact', artefact);
  await models('promote', 'bot', '1', '--reason', 'first');
  expect((await models('promote', 'bot', '2', '--override', 'outage')).err).toMatch(/--by NAME/);
  expect(await models('promote', 'bot', '2', '--override', 'outage', '--by', 'ada')).toMatchObject({
    code: 0,
  });
  expect((await models('show', 'bot', '2')).out).toMatch(/ada: .* OVERRIDING THE GATE: outage/);
});

it.each([
  ['no registry', ['list'], /no store yet[\s\S]*quorate models register/],
  ['unknown model', ['show', 'cat'], /no model "cat"/, true],
  ['unknown version', ['show', 'bot', '9'], /no version 9[\s\S]*versions: 1/, true],
  ['unknown stage', ['promote', 'bot', '1', '--to', 'prod'], /production, staging or archived/, true],
  ['no such report', ['promote', 'bot', '1', '--gate-report', 'none.json'], /none\.json/, true],
  ['a report of something else', ['promote', 'bot', '1', '--gate-report', 'other.json'], /not a gate result/],
  [
    'a report without names',
    ['promote', 'bot', '1', '--gate-report', 'nameless.json'],
    /the model of the candidate/,
  ],
  ['a broken report', ['promote', 'bot', '1', '--gate-report', 'broken.json'], /not valid JSON/],
  [
    'a manifest without a hash',
    ['register', 'bot', '--artefact', 'x', '--manifest', 'other.json'],
    /content_/,
  ],
  ['metrics that are none', ['register', 'bot', '--artefact', 'x', '--metrics', 'list.json'], /JSON object/],
  ['a bad tag', ['register', 'bot', '--artefact', 'x', '--tag', 'novalue'], /key=value/],
  ['nothing to roll back to', ['rollback', 'bot', '--reason', 'r'], /no earlier version/, true],
])('%s: exit 2 and what to do', async (_name, argv, message, register = false) => {
  place.write('other.json', '{"kind":"something"}');
  place.write('broken.json', '{');
  place.write('list.json', '[1]');
  place.write('nameless.json', JSON.stringify(gateResult(null, 'bot:1', 'pass')));
  if (register) await models('register', 'bot', '--artefact', 'x');
  const ran = await models(...argv);
  expect(ran.code).toBe(2);
  expect(ran.err).toMatch(message);
});
