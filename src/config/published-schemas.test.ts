import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Candidate, Item } from '../domain/item.ts';
import type { Preference } from '../domain/preference.ts';
import type { ListwiseVote, PairwiseVote, PointwiseVote } from '../domain/vote.ts';
import { publishedSchema, schemaFileName, schemaNames } from './published-schemas.ts';
import { shippedFolder, shippedIds } from './yaml/shipped-files.ts';

const ajv = new Ajv2020({ strict: false });

test.each(schemaNames)(
  'schemas/%s.schema.json is up to date with the code (run npm run schemas)',
  async (name) => {
    const published = await readFile(join(shippedFolder('schemas'), schemaFileName(name)), 'utf8');
    expect(JSON.parse(published)).toEqual(publishedSchema(name));
  },
);

test.each(schemaNames)('the schema of %s compiles in another validator', (name) => {
  expect(() => ajv.compile(publishedSchema(name))).not.toThrow();
});

test('every shipped rubric and constitution is valid against its published schema', async () => {
  for (const [folder, name] of [
    ['rubrics', 'rubric'],
    ['constitutions', 'constitution'],
  ] as const) {
    const check = ajv.compile(publishedSchema(name));
    for (const id of await shippedIds(folder)) {
      const value: unknown = parse(await readFile(join(shippedFolder(folder), `${id}.yaml`), 'utf8'));
      check(value);
      expect(check.errors, id).toBeNull();
    }
  }
});

test('every shipped YAML file names an existing schema', async () => {
  const root = dirname(shippedFolder('rubrics'));
  let count = 0;
  for (const folder of ['rubrics', 'constitutions', 'examples']) {
    if (!existsSync(join(root, folder))) continue;
    for (const name of await readdir(join(root, folder), { recursive: true })) {
      // results of a run are not shipped
      if (!/\.ya?ml$/.test(name) || /[\\/]out[\\/]/.test(name)) continue;
      const file = join(root, folder, name);
      const schema = /^# yaml-language-server: \$schema=(\S+)/.exec(await readFile(file, 'utf8'))?.[1];
      expect(schema, `${file} has no yaml-language-server header`).toBeDefined();
      if (schema!.startsWith('https://')) continue;
      expect(existsSync(resolve(dirname(file), schema!)), `${file}: ${schema}`).toBe(true);
      count += 1;
    }
  }
  expect(count).toBeGreaterThanOrEqual(6);
});

// typed as complete, so that a new field of a record must be added here, and then to its schema
const item: Required<Item> = {
  id: '1',
  prompt: [{ role: 'user', content: 'p' }],
  candidates: [{ id: 'a', text: null, model: 'm' } satisfies Required<Candidate>],
  reference: 'r',
  context: ['c'],
  category: 'x',
  cluster: 'y',
  metadata: {},
};
const common = {
  item: '1',
  rater: 'r',
  rater_kind: 'llm',
  model: 'm',
  criterion: 'c',
  sample: 0,
  outcome: 'verdict',
  probability: 0.7,
  weight: 0.5,
  reason: 'because',
  cost_usd: null,
  input_tokens: 1,
  output_tokens: 1,
  latency_ms: 1,
  at: '2026-01-01T00:00:00Z',
  veto: false,
  provenance: {},
} as const;
const pairwise: Required<PairwiseVote> = {
  ...common,
  kind: 'pairwise',
  shown: ['a', 'b'],
  preferred: 'a',
  strength: 1,
  orders: 'both',
};
const pointwise: Required<PointwiseVote> = {
  ...common,
  kind: 'pointwise',
  candidate: 'a',
  score: 3,
  scale: [1, 5],
};
const listwise: Required<ListwiseVote> = {
  ...common,
  kind: 'listwise',
  shown: ['a', 'b'],
  ranking: [['a'], ['b']],
};
const preference: Required<Preference> = {
  item: '1',
  pair: ['a', 'b'],
  chosen: 'a',
  rejected: 'b',
  probability: 0.5,
  status: 'review',
  basis: 'uncalibrated',
  reasons: [],
  votes: { for_chosen: 0, for_rejected: 0, tie: 0, abstain: 0, error: 0, flipped: 0 },
  sources: { llm: { probability: null, votes: 0 } },
};

test.each([
  ['item', item],
  ['vote', pairwise],
  ['vote', pointwise],
  ['vote', listwise],
  ['preference', preference],
] as const)('the schema of a record knows every field: %s', (name, record) => {
  const { required: _, ...schema } = publishedSchema(name);
  const closed = JSON.parse(
    JSON.stringify(schema).replaceAll('"additionalProperties":{}', '"additionalProperties":false'),
  );
  const check = ajv.compile(closed);
  check(record);
  expect(check.errors).toBeNull();
});
