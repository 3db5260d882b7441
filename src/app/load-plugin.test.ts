import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { tempFolder } from '../../test/support/temp-folder.ts';
import { runProgram } from '../cli/program.ts';
import { ConfigError } from '../domain/errors.ts';
import { defineJob } from './define-job.ts';
import { runGate } from './gate/gate-from-code.ts';
import { runJob } from './library-run.ts';
import { loadPlugin } from './load-plugin.ts';
import type { Parts } from './parts.ts';
import { openFeedbackStore } from './stores/feedback-stores.ts';

let folder: string;
beforeEach(() => {
  folder = tempFolder();
});

const plugin = `
const model = {
  provider: 'echo', model: 'echo', baseUrl: '',
  capabilities: { structured: false, logprobs: false, seed: false },
  complete: async () => ({ text: '{"reason":"first","verdict":"A"}', finish: 'stop', modelAnswered: null, usage: null }),
};
export const providers = [{
  name: 'echo', keyEnv: null, needsModel: false, needsBaseUrl: false, modelIsFile: false, isModel: true,
  runsLocally: true, canReadQuestions: true, canAnswerNewQuestions: true, price: () => ({ inputPerMtok: 0, outputPerMtok: 0 }),
  open: () => model,
}];
export const rules = [{ check: 'function', id: 'polite', severity: 'penalty', test: (text) => text.includes('please') || 'not polite' }];
`;
const item = {
  id: 'q1',
  prompt: 'Ask for tea.',
  candidates: [
    { id: 'a', text: 'Tea, please.' },
    { id: 'b', text: 'Tea.' },
  ],
};

async function quorate(...argv: string[]) {
  let err = '';
  const code = await runProgram(argv, {
    out: () => {},
    err: (text) => {
      err += text;
    },
    env: {},
    cwd: folder,
    outIsTerminal: false,
    errIsTerminal: false,
    signal: new AbortController().signal,
  });
  return { code, err };
}

it('gives run, plan and doctor the parts of the modules that the command line names', async () => {
  await writeFile(join(folder, 'echo.mjs'), plugin);
  await writeFile(join(folder, 'items.jsonl'), `${JSON.stringify(item)}\n`);
  await writeFile(
    join(folder, 'job.yaml'),
    'items: items.jsonl\nrubric: helpfulness\npanel: [{id: echo, provider: echo}]\n',
  );
  for (const command of ['plan', 'doctor', 'run']) {
    const { code, err } = await quorate(command, 'job.yaml', '--plugin', 'echo.mjs');
    expect(err).not.toContain('provider must be');
    expect(code, `${command}: ${err}`).toBe(0);
  }
  const votes = await readFile(join(folder, 'out', 'votes.jsonl'), 'utf8');
  expect(votes).toContain('"rater":"echo"');
  expect(votes).toContain('not polite');
  const without = await quorate('plan', 'job.yaml');
  expect(without.code).toBe(2);
  expect(without.err).toContain('panel[0].provider');
});

it('gives a gate, explain and the parts that take a judge the providers of plugins', async () => {
  await writeFile(join(folder, 'echo.mjs'), plugin);
  await writeFile(join(folder, 'items.jsonl'), `${JSON.stringify(item)}\n`);
  await writeFile(
    join(folder, 'job.yaml'),
    [
      'items: items.jsonl',
      'rubric: helpfulness',
      'panel: [{id: echo, provider: echo}]',
      'constitution: {files: honesty, self_critique: {critic: echo, judges: [echo]}}',
    ].join('\n'),
  );
  const response = (text: string) =>
    `${JSON.stringify({ id: 'q1', prompt: 'Ask for tea.', response: text })}\n`;
  await writeFile(join(folder, 'new.jsonl'), response('Tea, please.'));
  await writeFile(join(folder, 'old.jsonl'), response('Tea.'));
  const pair = { id: 'q1', prompt: 'Ask for tea.', a: 'Tea, please.', b: 'Tea.', gold: 'A' };
  await writeFile(join(folder, 'pairs.jsonl'), `${JSON.stringify(pair)}\n`);
  const claim = { claim: 'Tea is hot.', evidence: ['Tea is hot.'], label: 'supported' };
  await writeFile(join(folder, 'claims.jsonl'), `${JSON.stringify(claim)}\n`);
  await (await openFeedbackStore(join(folder, '.quorate', 'feedback.db'))).close();
  expect((await quorate('run', 'job.yaml', '--plugin', 'echo.mjs')).code).toBe(0);
  const judge = ['--provider', 'echo', '--model', 'echo'];
  const sides = ['--candidate', 'new.jsonl', '--baseline', 'old.jsonl', '--gate', 'job.yaml'];
  const calls: readonly (readonly [number, readonly string[]])[] = [
    [3, ['gate', ...sides, '--votes-out', 'gate-votes.jsonl']],
    [0, ['explain', 'q1', '--job', 'job.yaml']],
    [0, ['constitution', 'eval', 'honesty', 'pairs.jsonl', ...judge]],
    [0, ['constitution', 'eval', 'honesty', 'pairs.jsonl', '--job', 'job.yaml']],
    [0, ['constitution', 'revise', 'job.yaml']],
    [0, ['facts', 'eval', 'claims.jsonl', ...judge]],
    [0, ['feedback', 'understand', ...judge]],
  ];
  for (const [expected, call] of calls) {
    const { code, err } = await quorate(...call, '--plugin', 'echo.mjs');
    expect(code, `${call.join(' ')}: ${err}`).toBe(expected);
    const without = await quorate(...call);
    expect(without.code, call.join(' ')).toBe(2);
    expect(without.err, call.join(' ')).toMatch(/provider/);
    const broken = await quorate(...call, '--plugin', 'absent.mjs');
    expect(broken.code, call.join(' ')).toBe(2);
    expect(broken.err, call.join(' ')).toContain('the plugin absent.mjs does not load');
  }
  const votes = await readFile(join(folder, 'gate-votes.jsonl'), 'utf8');
  expect(votes).toContain('"rater":"echo"');
  expect(votes).toContain('not polite');

  const parts = await loadPlugin('echo.mjs', folder);
  const sidesFromCode = { candidate: 'new.jsonl', baseline: 'old.jsonl', gate: 'job.yaml', folder };
  const { result } = await runGate({ ...sidesFromCode, parts }, { env: {} });
  expect(result.answer).toBe('inconclusive');
});

it.each([
  [{ raters: [{ id: 'x' }] }, /parts\.raters\[0\]\.kind must be/],
  [{ rules: {} }, /parts\.rules must be a list/],
  [null, /parts must be an object/],
])('refuses the parts %o in a call of the library', async (parts, message) => {
  await writeFile(join(folder, 'items.jsonl'), `${JSON.stringify(item)}\n`);
  const given = parts as unknown as Parts;
  const job = await defineJob(
    { items: 'items.jsonl', rubric: 'helpfulness', panel: [{ provider: 'heuristic' }] },
    { folder },
  );
  const gate = { candidate: 'new.jsonl', baseline: 'old.jsonl', folder };
  for (const call of [() => runJob(job, { parts: given }), () => runGate({ ...gate, parts: given })]) {
    const error = await call().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).message).toMatch(message);
  }
});

it('ends with the reason of a provider of a plugin that throws', async () => {
  const broken = plugin.replace(
    'complete: async () => ({',
    "complete: async () => { throw Object.assign(new Error('server on fire'), { status: 404 }); }, other: () => ({",
  );
  await writeFile(join(folder, 'echo.mjs'), broken);
  await writeFile(join(folder, 'items.jsonl'), `${JSON.stringify(item)}\n`);
  await writeFile(
    join(folder, 'job.yaml'),
    'items: items.jsonl\nrubric: helpfulness\npanel: [{id: echo, provider: echo}]\n',
  );
  const { code, err } = await quorate('run', 'job.yaml', '--plugin', 'echo.mjs');
  expect(code).toBe(5);
  expect(err).toContain('server on fire');
});

it('never loads a module that only the job file names', async () => {
  await writeFile(join(folder, 'items.jsonl'), `${JSON.stringify(item)}\n`);
  await writeFile(join(folder, 'echo.mjs'), 'throw new Error("it ran");');
  await writeFile(
    join(folder, 'job.yaml'),
    'items: items.jsonl\nplugin: echo.mjs\nrubric: helpfulness\npanel: [{provider: heuristic}]\n',
  );
  const { code, err } = await quorate('plan', 'job.yaml');
  expect(code).toBe(2);
  expect(err).toContain('"plugin" is not a key');
  expect(err).not.toContain('it ran');
});

it.each<[string, string | null, RegExp]>([
  ['is missing', null, /does not load/],
  ['throws', 'throw new Error("broken inside")', /does not load: broken inside/],
  ['is no module', 'export const =', /does not load/],
  ['exports nothing of use', 'export const hello = 1', /exports none of providers, raters, rules, formats/],
  ['exports no list', 'export const raters = {}', /raters must be a list/],
  ['exports no rater', 'export const raters = [{ id: "x" }]', /raters\[0\]\.kind must be/],
  [
    'exports a rule without a test',
    'export const rules = [{ id: "x", severity: "veto" }]',
    /rules\[0\]\.test/,
  ],
  ['takes a shipped name', plugin.replace("name: 'echo'", "name: 'openai'"), /"openai" is taken/],
])('refuses a plugin that %s', async (_what, source, message) => {
  const file = join(folder, 'plugin.mjs');
  if (source !== null) await writeFile(file, source);
  const error = await loadPlugin('plugin.mjs', folder).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ConfigError);
  expect((error as ConfigError).message).toMatch(message);
});
