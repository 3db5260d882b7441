import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ExportRequest, exportDataset } from '../../../src/datasets/export-dataset.ts';
import { itemOf, preferenceOf } from '../../support/dataset-parts.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const run = promisify(execFile);
const python = join(
  process.env.QUORATE_TRAINERS ?? join(homedir(), '.cache/quorate/trainers'),
  'bin/python3',
);
const installed = existsSync(python);
const withTrainers = describe.skipIf(!installed);

const folder = tempFolder();
beforeAll(async () => {
  const items = Array.from({ length: 24 }, (_, index) => itemOf(index));
  const preferences = items.flatMap((item) => [
    preferenceOf(item.id, 'a', 'b'),
    preferenceOf(item.id, 'a', 'c', { probability: 0.8 }),
    preferenceOf(item.id, 'b', 'c', { probability: 0.75 }),
  ]);
  const jsonl = (records: readonly unknown[]) =>
    records.map((record) => `${JSON.stringify(record)}\n`).join('');
  await writeFile(join(folder, 'items.jsonl'), jsonl(items));
  await writeFile(join(folder, 'preferences.jsonl'), jsonl(preferences));
});

async function exported(name: string, more: Partial<ExportRequest>): Promise<string> {
  const out = join(folder, name);
  await exportDataset({
    inputs: { preferences: join(folder, 'preferences.jsonl'), items: join(folder, 'items.jsonl') },
    out,
    kind: 'preference',
    format: 'trl',
    container: 'jsonl',
    replace: 'anything',
    splits: [{ name: 'train', share: 1 }],
    seed: 0,
    minProbability: 0.7,
    pii: 'redact',
    allow: ['*'],
    title: 'Test',
    license: 'other',
    origin: {},
    codeVersion: '0',
    ...more,
  });
  return out;
}

const lines = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

withTrainers(
  `exported files and the real trainers${installed ? '' : ' (not installed: scripts/test-extras/peers/trainers.sh)'}`,
  () => {
    it('trl dpo, reward, kto and sft train on them with the exported configuration', {
      timeout: 420_000,
    }, async () => {
      const folders = {
        dpo: await exported('dpo', {}),
        reward: await exported('reward', { kind: 'reward' }),
        kto: await exported('kto', { kind: 'kto' }),
        sft: await exported('sft', { kind: 'sft' }),
      };
      const model = join(folder, 'model');
      await run(python, ['test/peers/trainers/tiny_model.py', model, join(folders.dpo, 'train.jsonl')]);
      const jobs = Object.entries(folders).map(([command, path]) => `${command}=${path}`);
      const { stdout } = await run(python, ['test/peers/trainers/train.py', model, '3', ...jobs], {
        maxBuffer: 1 << 26,
      });
      const trainings = lines(stdout);
      expect(trainings.map(({ command, rows }) => [command, rows])).toEqual([
        ['dpo', 72],
        ['reward', 72],
        ['kto', 48],
        ['sft', 24],
      ]);
      for (const { losses } of trainings) {
        expect(losses).toHaveLength(3);
        expect((losses as number[]).every(Number.isFinite)).toBe(true);
      }
    });

    it('datasets.load_dataset opens the folders, JSONL and Parquet, with splits and nested features', {
      timeout: 120_000,
    }, async () => {
      const splits = [
        { name: 'train', share: 0.75 },
        { name: 'test', share: 0.25 },
      ];
      const folders = [
        await exported('hf-jsonl', { splits }),
        await exported('hf-parquet', { splits, container: 'parquet' }),
        await exported('hf-plain', { splits, container: 'parquet', format: 'plain', kind: 'ranking' }),
      ];
      const read = lines((await run(python, ['test/peers/trainers/read.py', ...folders])).stdout);
      for (const { splits: found } of read.slice(0, 2)) {
        const parts = found as Record<string, { rows: number; features: Record<string, string> }>;
        expect(parts.train!.rows + parts.test!.rows).toBe(72);
        expect(Object.keys(parts.train!.features).sort()).toEqual(['chosen', 'prompt', 'rejected']);
        expect(parts.train!.features.chosen).toMatch(
          /^List\(\{.*role.*content.*\}\)$|^List\(\{.*content.*role.*\}\)$/,
        );
      }
      expect((read[0] as { first: unknown }).first).toEqual((read[1] as { first: unknown }).first);
    });
  },
);

describe('exported Parquet and DuckDB', () => {
  it('has lists of structs, doubles and text of the right types', async () => {
    const out = await exported('duck', { container: 'parquet', kind: 'reward' });
    const connection = await (await DuckDBInstance.create()).connect();
    const path = join(out, 'train.parquet').replaceAll("'", "''");
    const types = await connection.runAndReadAll(`DESCRIBE SELECT * FROM '${path}'`);
    expect(types.getRowObjects().map((row) => [row.column_name, row.column_type])).toEqual([
      ['chosen', 'STRUCT("role" VARCHAR, "content" VARCHAR)[]'],
      ['rejected', 'STRUCT("role" VARCHAR, "content" VARCHAR)[]'],
      ['margin', 'DOUBLE'],
    ]);
    const sums = await connection.runAndReadAll(
      `SELECT count(*)::INT AS n, min(chosen[1].role) AS role, min(length(rejected[2].content)) > 0 AS texts FROM '${path}'`,
    );
    expect(sums.getRowObjects()).toEqual([{ n: 72, role: 'user', texts: true }]);
  });
});
