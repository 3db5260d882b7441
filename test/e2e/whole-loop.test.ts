import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, it } from 'vitest';
import { program } from '../support/run-cli.ts';
import { tempFolder } from '../support/temp-folder.ts';

let folder: string;
beforeEach(() => {
  folder = tempFolder();
  const example = fileURLToPath(new URL('../../examples/loop', import.meta.url));
  const isSource = (path: string) => !/[\\/](out|\.quorate)$/.test(path);
  cpSync(example, folder, { recursive: true, filter: isSource });
});

const quorate = (...argv: string[]) =>
  spawnSync(process.execPath, [program, ...argv], { cwd: folder, encoding: 'utf8' });

it('from complaints to a better model in production, past a gate that stops a broken one', {
  timeout: 300_000,
}, () => {
  const env = { PATH: process.env.PATH, QUORATE_PROGRAM: program };
  const ran = spawnSync(process.execPath, ['run.mjs'], { cwd: folder, encoding: 'utf8', env });
  expect(ran.stderr).toMatch(/quorate models promote answers 3/);
  expect(ran.status).toBe(0);
  const result = JSON.parse(ran.stdout) as {
    readonly negative_rate: Readonly<Record<'a' | 'b', { readonly share: number }>>;
    readonly time_to_improvement_days: number;
  };
  expect(result).toMatchObject({
    production: '2',
    set_aside: { authors: 3 },
    gates: { b: { answer: 'pass' }, c: { answer: 'fail' } },
    has_llm_judge: false,
  });
  expect(result.negative_rate.a.share).toBeGreaterThan(0.8);
  expect(result.negative_rate.b.share).toBeLessThan(0.25);
  // users complained over most of a day, six days ago
  expect(result.time_to_improvement_days).toBeGreaterThan(5);
  expect(result.time_to_improvement_days).toBeLessThan(7);

  const { history, versions } = JSON.parse(quorate('models', 'show', 'answers', '--json').stdout) as {
    readonly history: readonly { readonly kind: string }[];
    readonly versions: readonly unknown[];
  };
  expect(versions).toMatchObject([
    { version: '1', stage: 'archived' },
    {
      version: '2',
      stage: 'production',
      lineage: { base_model: 'answers:1', dataset_hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      gates: [{ answer: 'pass', baseline: '1' }],
    },
    { version: '3', stage: 'candidate', gates: [{ answer: 'fail', baseline: '2' }] },
  ]);
  expect(history).toHaveLength(8);
  const { firings } = JSON.parse(quorate('triggers', '--history', '--json').stdout) as { firings: unknown };
  expect(firings).toMatchObject([
    {
      trigger: 'negative_rate',
      action: 'train',
      evidence: { n: 237, authors: 60 },
      outcome: { status: 'done', what: expect.stringMatching(/produced version 2/) },
    },
  ]);
  expect(quorate('models', 'rollback', 'answers', '--reason', 'drill').status).toBe(0);
  expect(JSON.parse(quorate('models', 'list', '--json').stdout)).toMatchObject({
    models: [{ production: '1' }],
  });
});
