import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { tempFolder } from '../../../test/support/temp-folder.ts';
import { quorate as run } from '../../../test/support/workspace.ts';
import { loadConstitution } from '../../config/constitution/load-constitution.ts';
import { loadJob } from '../../config/job/load-job.ts';
import { readItems } from '../../files/items.ts';
import { exitCodes } from '../exit-codes.ts';

const newFolder = () => tempFolder();

const quorate = (cwd: string, ...argv: string[]) => run(argv, { cwd });

test.each(['pairs', 'gate', 'agreement'])('%s: a project that loads as it is', async (template) => {
  const cwd = await newFolder();
  const { code, err } = await quorate(cwd, 'init', 'made', '--template', template);
  expect(code, err).toBe(exitCodes.ok);
  expect(err).toContain('cd made && quorate run job.yaml');
  const folder = join(cwd, 'made');
  const job = await loadJob(join(folder, 'job.yaml'), {});
  expect(job.panel.map((judge) => [judge.id, judge.optional])).toEqual([
    ['heuristic', false],
    ['gpt', true],
    ['claude', true],
    ['ollama', true],
  ]);
  expect((await loadConstitution('./constitution.yaml', folder)).principles).toHaveLength(3);
  let items = 0;
  for await (const _ of readItems(job.items)) items += 1;
  expect(items).toBeGreaterThanOrEqual(8);
  expect(await readFile(join(folder, '.gitignore'), 'utf8')).toContain('.quorate/');
});

test('every YAML of the project names a schema that is there, and the workflow is YAML', async () => {
  const cwd = await newFolder();
  await quorate(cwd, 'init');
  for (const name of ['job.yaml', 'rubric.yaml', 'constitution.yaml']) {
    const schema = /\$schema=(\S+)/.exec(await readFile(join(cwd, name), 'utf8'))![1]!;
    expect(existsSync(resolve(dirname(join(cwd, name)), schema)), schema).toBe(true);
  }
  const workflow = parse(await readFile(join(cwd, '.github/workflows/quorate.yaml'), 'utf8'));
  expect(
    workflow.jobs.judge.steps.some((step: { run?: string }) =>
      /quorate@\d+\.\d+\.\d+ run job\.yaml/.test(step.run ?? ''),
    ),
  ).toBe(true);
});

test('judges are chosen by flags', async () => {
  const cwd = await newFolder();
  await quorate(cwd, 'init', '--judge', 'anthropic');
  expect((await loadJob(join(cwd, 'job.yaml'), {})).panel.map((judge) => judge.id)).toEqual([
    'heuristic',
    'claude',
  ]);
  const none = await newFolder();
  await quorate(none, 'init', '--judge', 'none');
  expect((await loadJob(join(none, 'job.yaml'), {})).panel.map((judge) => judge.id)).toEqual(['heuristic']);
});

test('nothing is overwritten, but a .gitignore is completed', async () => {
  const cwd = await newFolder();
  await writeFile(join(cwd, '.gitignore'), 'mine\nout/');
  expect((await quorate(cwd, 'init')).code).toBe(exitCodes.ok);
  expect(await readFile(join(cwd, '.gitignore'), 'utf8')).toBe(
    'mine\nout/\nnode_modules/\n.quorate/\n.env\n',
  );
  await writeFile(join(cwd, 'job.yaml'), 'mine');
  const again = await quorate(cwd, 'init');
  expect(again.code).toBe(exitCodes.usage);
  expect(again.err).toContain('job.yaml');
  expect(await readFile(join(cwd, 'job.yaml'), 'utf8')).toBe('mine');
});

test.each([
  [['--template', 'pair'], 'did you mean "pairs"?'],
  [['--judge', 'gpt'], '--judge must be one of openai, anthropic, ollama'],
])('a wrong choice is refused: %s', async (flags, text) => {
  const { code, err } = await quorate(await newFolder(), 'init', ...flags);
  expect(code).toBe(exitCodes.usage);
  expect(err).toContain(text);
});
