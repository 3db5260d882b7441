import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Workspace } from '../../../test/support/workspace.ts';

let place: Workspace;
beforeEach(() => {
  place = new Workspace();
  mkdirSync(place.path('data'));
  place.write(
    'data/manifest.json',
    JSON.stringify({ content_hash: 'a'.repeat(64), origin: { job: 'nightly' } }),
  );
});
afterEach(() => place.remove());

/** Writes a loop whose training is a line for the shell. */
function loop(shell: string, more = ''): void {
  place.write(
    'loop.yaml',
    `model: bot\ntrain:\n  dataset: data\n  run: ["/bin/sh", "-c", ${JSON.stringify(shell)}]\n${more}`,
  );
}

const good =
  'echo hello; echo \'{"loss": 0.5}\' > "$QUORATE_METRICS"; echo weights > "$QUORATE_OUTPUT/model"';
const models = async () =>
  (
    JSON.parse((await place.quorate(['models', 'list', '--json'])).out) as {
      models: [{ versions: unknown[] }];
    }
  ).models[0].versions;

it('runs the command, shows its log, and registers a candidate with its lineage; a second call only reports it', async () => {
  loop(good, '  base_model: tiny\n  artefact: "{output}/model"\n  set: { LR: "1" }\n');
  const ran = await place.quorate(['train', '--trust', '--json', '--by', 'ada']);
  expect(ran.code).toBe(0);
  expect(ran.err).toMatch(/attempt 1\nhello\nbot version 1 is registered/);
  const training = JSON.parse(ran.out) as { id: string };
  expect(training).toMatchObject({ status: 'registered', version: '1', metrics: { loss: 0.5 } });
  expect(await models()).toMatchObject([
    {
      version: '1',
      stage: 'candidate',
      by: 'ada',
      metrics: { loss: 0.5 },
      artefact: expect.stringMatching(/output\/model$/),
      lineage: {
        base_model: 'tiny',
        dataset_hash: 'a'.repeat(64),
        training: training.id,
        job: 'nightly',
        training_config: { run: ['/bin/sh', '-c', good], set: { LR: '1' } },
      },
    },
  ]);
  expect(place.read(`loop/trainings/${training.id}/attempt-1/log.txt`)).toBe('hello\n');

  const again = await place.quorate(['train', '--trust']);
  expect(again.code).toBe(0);
  expect(again.err).toBe('');
  expect(await models()).toHaveLength(1);
  expect((await place.quorate(['train', '--trust', '--rerun', 'luck'])).code).toBe(0);
  expect(await models()).toHaveLength(2);
});

it('gives the command no variable that it did not ask for', async () => {
  loop('env > "$QUORATE_OUTPUT/env"', '  metrics: false\n  env: [WANTED]\n  set: { FIXED: "1" }\n');
  const env = { PATH: process.env.PATH, OPENAI_API_KEY: 'secret', WANTED: 'yes', OTHER: 'no' };
  const { out } = await place.quorate(['train', '--trust', '--json'], { env });
  const { artefact } = JSON.parse(out) as { artefact: string };
  const names = place
    .read(`${artefact.slice(place.folder.length + 1)}/env`)
    .split('\n')
    .map((text) => text.split('=')[0]!)
    .filter((name) => name !== '' && !name.startsWith('QUORATE_'));
  const shells = ['PWD', 'OLDPWD', 'SHLVL', '_'];
  expect(names.filter((name) => !shells.includes(name)).sort()).toEqual(['FIXED', 'PATH', 'WANTED']);
});

it('fills placeholders into arguments without a shell', async () => {
  place.write(
    'loop.yaml',
    'model: bot\ntrain:\n  dataset: data\n  run: ["touch", "{output}/$(id) {attempt}"]\n  metrics: false\n',
  );
  const { code, out } = await place.quorate(['train', '--trust', '--json']);
  expect(code).toBe(0);
  expect(existsSync(`${(JSON.parse(out) as { artefact: string }).artefact}/$(id) 1`)).toBe(true);
});

it('begins anew after a crash, in an empty folder, and says when it gave up', async () => {
  loop('ls "$QUORATE_OUTPUT"; echo x > "$QUORATE_OUTPUT/part"; exit 3', '  max_attempts: 2\n');
  const ran = await place.quorate(['train', '--trust']);
  expect(ran.code).toBe(1);
  expect(ran.err).toMatch(
    /attempt 1 exited with code 3[\s\S]*attempt 2\n[\s\S]*attempt 2 exited with code 3/,
  );
  expect(ran.err).not.toMatch(/^part$/m);
  expect(ran.err).toMatch(/the same command tries again/);
});

it('resumes in the same folder when configured to', async () => {
  const shell =
    'if [ "$0" = go ]; then echo "$QUORATE_RESUME"; else touch "$QUORATE_OUTPUT/part"; exit 1; fi';
  loop(shell, '  on_crash: resume\n  resume_arguments: [go]\n  metrics: false\n');
  const ran = await place.quorate(['train', '--trust', '--json']);
  expect(ran.err).toMatch(/attempt 2, resuming\n1\n/);
  const training = JSON.parse(ran.out) as { artefact: string };
  expect(training).toMatchObject({ status: 'registered', attempts: [{ resumes: false }, { resumes: true }] });
  expect(existsSync(`${training.artefact}/part`)).toBe(true);
});

it('ends a command that takes too long, with all that it started', async () => {
  loop(
    'sleep 1000 & echo $! > "$QUORATE_OUTPUT/../child"; wait',
    '  timeout_hours: 0.00005\n  max_attempts: 1\n',
  );
  const ran = await place.quorate(['train', '--trust', '--json']);
  expect(ran).toMatchObject({ code: 1, err: expect.stringMatching(/exceeded its timeout and was ended/) });
  const { id } = JSON.parse(ran.out) as { id: string };
  const child = Number(place.read(`loop/trainings/${id}/child`));
  // gone, or a zombie that is not reaped yet
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(child)], { encoding: 'utf8' });
  expect(stdout.trim()).toMatch(/^(Z.*)?$/);
});

it('keeps a training whose metrics cannot be read, and registers it once they can', async () => {
  loop('echo "{" > "$QUORATE_METRICS"');
  const ran = await place.quorate(['train', '--trust']);
  expect(ran).toMatchObject({ code: 2, err: expect.stringMatching(/metrics\.json: not valid JSON/) });
  const file = /(\S+metrics\.json): not/.exec(ran.err)![1]!;
  place.write(file.slice(place.folder.length + 1), '{"loss": 1}');
  const again = await place.quorate(['train', '--trust', '--json']);
  expect(JSON.parse(again.out)).toMatchObject({ status: 'registered', attempts: [{ number: 1 }] });
});

it.each([
  ['no such file', '', /no such file/],
  ['no training', 'model: bot\n', /describes no training/],
  ['no dataset', 'model: bot\ntrain: { dataset: none, run: ["true"] }\n', /manifest\.json: no such file/],
  [
    'no artefact',
    'model: bot\ntrain: { dataset: data, run: ["true"], artefact: "{output}/x" }\n',
    /x does not exist/,
  ],
  [
    'run and shell',
    'model: bot\ntrain: { dataset: data, run: ["true"], shell: "true" }\n',
    /loop\.yaml:2:8: train must have either "run" or "shell"/,
  ],
  [
    'unknown placeholder',
    'model: bot\ntrain: { dataset: data, run: ["x", "{outptu}"] }\n',
    /loop\.yaml:2:36: .*\{outptu\}[\s\S]*did you mean \{output\}/,
  ],
  [
    'unknown key',
    'model: bot\ntriggers: { negative_rat: {} }\n',
    /:2:13: "negative_rat" is not a key[\s\S]*negative_rate/,
  ],
  [
    'no calendar',
    'model: bot\ncadence: { daily: { at: "61 * * * *" } }\n',
    /:2:25: cadence\.daily\.at is not a cron pattern/,
  ],
  ['never', 'model: bot\ncadence: { daily: { at: "0 0 30 2 *" } }\n', /it never comes/],
  ['no time zone', 'model: bot\ncadence: { timezone: Mars }\n', /unknown time zone "Mars"/],
  [
    'trains without training',
    'model: bot\ntriggers: { new_pairs: { action: train } }\n',
    /has no "train" section/,
  ],
  [
    'rearm above',
    'model: bot\ntriggers: { negative_rate: { rearm_at: 0.5 } }\n',
    /rearm_at at or below over/,
  ],
  [
    'shares',
    'model: bot\nexperiments: [{ id: e, arms: [{ id: a, share: 0.5 }, { id: b, share: 0.6 }] }]\n',
    /add up to 1/,
  ],
])('%s: says where and what', async (_name, yaml, message) => {
  if (yaml !== '') place.write('loop.yaml', yaml);
  const ran = await place.quorate(['train', '--trust']);
  expect(ran.err).toMatch(message);
  expect([1, 2]).toContain(ran.code);
});
