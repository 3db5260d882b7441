import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { tempFolder } from '../../test/support/temp-folder.ts';
import { ConfigError } from '../domain/errors.ts';
import { providerOf } from '../providers/index.ts';
import { MemoryStore } from '../store/memory/memory-store.ts';
import { appContext } from './context.ts';
import { defineJob, type JobInput } from './define-job.ts';
import { runJob } from './run-job.ts';

let folder: string;
beforeEach(() => {
  folder = tempFolder();
});

const items = [
  {
    id: 'q1',
    prompt: 'Name two primes.',
    candidates: [
      { id: 'a', text: 'Two primes are 3 and 5.' },
      { id: 'b', text: 'no' },
    ],
  },
];

const failed = async (input: unknown): Promise<ConfigError> => {
  const error = await defineJob(input as JobInput).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ConfigError);
  return error as ConfigError;
};

describe('a job as an object', () => {
  it('takes items, rules, raters, formats, providers and a store as values, and writes what a run writes', async () => {
    const store = new MemoryStore();
    const job = await defineJob(
      {
        name: 'own',
        items,
        rubric: { criteria: [{ id: 'help', description: 'Does it help?' }] },
        panel: [{ id: 'own', model: 'features', provider: { ...providerOf('heuristic'), name: 'mine' } }],
        rules: [
          { check: 'length', min: 2 },
          function mentionsPrime(response) {
            return /prime/.test(response) || 'no prime is mentioned';
          },
        ],
        raters: [
          {
            id: 'longer',
            kind: 'rule',
            model: null,
            family: null,
            fingerprint: 'longer/1',
            tasks: () => [
              { id: 'pair', candidates: ['a', 'b'], sample: 0, calls: 0, inputTokens: 0, outputTokens: 0 },
            ],
            perform: async (_task, item) => [
              {
                item: item.id,
                rater: 'longer',
                rater_kind: 'rule',
                kind: 'pairwise',
                shown: ['a', 'b'],
                outcome: 'verdict',
                preferred: 'a',
              },
            ],
          },
        ],
        export: [
          {
            out: 'mine',
            format: { name: 'mine', readBy: 'my trainer', row: ({ kind }) => ({ kind }) },
            min_probability: 0.5,
          },
        ],
        store,
      },
      { folder },
    );
    const { report, exported } = await runJob(job, appContext({ env: {} }), { parts: job.parts });
    expect(report.raters.map(({ rater }) => rater)).toEqual(['own', 'rules', 'longer']);
    expect((await store.runs()).map(({ run }) => run)).toEqual(['own']);
    const votes = await readFile(join(folder, 'out', 'votes.jsonl'), 'utf8');
    expect(votes).toContain('no prime is mentioned');
    expect(exported[0]?.outcome.manifest.format).toBe('mine');
    expect(await readFile(join(folder, 'out', 'items.jsonl'), 'utf8')).toContain('Name two primes.');
  });

  it.each<[string, unknown, RegExp]>([
    ['nothing', undefined, /a job must be an object, received undefined/],
    ['no items', { panel: [{ provider: 'heuristic' }], rubric: 'helpfulness' }, /items is missing/],
    ['an unknown key', { items, panl: [] }, /"panl" is not a key of the job.*panel/],
    [
      'an unknown provider',
      { items, rubric: 'helpfulness', panel: [{ provider: 'opnai' }] },
      /panel\[0\]\.provider/,
    ],
    ['a judge that is none', { items, rubric: 'helpfulness', panel: ['gpt'] }, /panel\[0\]/],
    ['a panel that is none', { items, rubric: 'helpfulness', panel: 'gpt' }, /panel/],
    [
      'a provider without open',
      { items, panel: [{ provider: { name: 'x' } }] },
      /panel\[0\]\.provider\.keyEnv must be/,
    ],
    ['an item without candidates', { items: [{ id: 'x', prompt: 'p' }] }, /items\[0\]: "candidates"/],
    ['an item that is none', { items: [null] }, /items\[0\] must be an object/],
    ['a rater without tasks', { items, raters: [{ id: 'r', kind: 'rule' }] }, /raters\[0\]\.model must be/],
    ['raters that are none', { items, raters: {} }, /raters must be a list/],
    [
      'a rule without a test',
      { items, rules: [{ check: 'function', id: 'x', severity: 'veto' }] },
      /rules\[0\]\.test must be a function/,
    ],
    [
      'a rubric without criteria',
      { items, panel: [{ provider: 'heuristic' }], rubric: { title: 'x' } },
      /rubric: criteria/,
    ],
    [
      'a format without row',
      {
        items,
        panel: [{ provider: 'heuristic' }],
        rubric: 'helpfulness',
        export: [{ out: 'x', format: { name: 'f', readBy: 'x' } }],
      },
      /export\[0\]\.format\.row/,
    ],
  ])('refuses %s and names the member', async (_what, input, message) => {
    expect((await failed(input)).message).toMatch(message);
  });
});
