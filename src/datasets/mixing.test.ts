import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportOf, itemOf, preferenceOf, rowsOf } from '../../test/support/dataset-parts.ts';
import { tempFolder } from '../../test/support/temp-folder.ts';

const folder = tempFolder();

async function fileOf(name: string, records: readonly unknown[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  return path;
}

const correction = (number: number, more: object = {}) => ({
  kind: 'correction',
  id: `e${number}`,
  query_id: `q${number}`,
  response_id: `r${number}`,
  query: `Corrected question ${number} about the weather of day ${number}?`,
  response: 'wrong',
  corrected: `right ${number}`,
  model_version: 'm1',
  ...more,
});

describe('exports from several sources', () => {
  it('make supervised rows from corrections, traced to their event, and refuse empty edits', async () => {
    const improvements = [
      await fileOf('feedback.jsonl', [
        correction(1),
        correction(2, { corrected: 'wrong ' }),
        { kind: 'thumb' },
      ]),
    ];
    const { outcome, files } = await exportOf([], [], { kind: 'sft', inputs: { improvements } });
    expect(rowsOf(files['train.jsonl'])).toEqual([
      {
        prompt: [{ role: 'user', content: correction(1).query }],
        completion: [{ role: 'assistant', content: 'right 1' }],
      },
    ]);
    expect(rowsOf(files['train.meta.jsonl'])[0]).toMatchObject({ events: ['e1'], source: 'human' });
    expect(outcome.manifest.refused).toEqual({ improvement_identical: 1 });
  });

  it('prefer the corrected response over the original one', async () => {
    const improvements = [await fileOf('feedback2.jsonl', [correction(1)])];
    const { files } = await exportOf([], [], { inputs: { improvements } });
    expect(rowsOf(files['train.jsonl'])[0]).toMatchObject({
      chosen: [{ role: 'assistant', content: 'right 1' }],
      rejected: [{ role: 'assistant', content: 'wrong' }],
    });
  });

  it('make retrieval rows from filled gaps, and list the open ones', async () => {
    const gaps = [
      await fileOf('gaps.jsonl', [
        { question: 'Who?', answer: 'She.', evidence: ['p. 4'] },
        { question: 'When?' },
      ]),
    ];
    const { outcome, files } = await exportOf([], [], { kind: 'rag', format: 'plain', inputs: { gaps } });
    expect(rowsOf(files['train.jsonl'])[0]).toMatchObject({ answer: 'She.', evidence: ['p. 4'] });
    expect(outcome.manifest.refused).toEqual({ answer_missing: 1 });
  });

  it('reach the configured shares of human, machine and public rows, with provenance', async () => {
    const many = Array.from({ length: 300 }, (_, index) => itemOf(index));
    const items = await fileOf('items.jsonl', many);
    const preferences = await fileOf(
      'preferences.jsonl',
      many.map((item) => preferenceOf(item.id, 'a', 'b')),
    );
    const improvements = [
      await fileOf(
        'feedback3.jsonl',
        Array.from({ length: 100 }, (_, index) => correction(index)),
      ),
    ];
    const mix = [
      await fileOf(
        'public.jsonl',
        Array.from({ length: 400 }, (_, index) => ({
          prompt: `p ${index}`,
          chosen: `good ${index}`,
          rejected: 'bad',
        })),
      ),
    ];
    const { files } = await exportOf([], [], {
      inputs: { preferences, items, improvements, mix },
      sampling: { shares: { human: 0.25, ai: 0.5, public: 0.25 } },
    });
    const sources = rowsOf(files['train.meta.jsonl']).map((row) => row.source);
    const share = (source: string) => sources.filter((entry) => entry === source).length / sources.length;
    // each row is sampled independently by hash, so shares are met within a few binomial standard errors
    expect(share('ai')).toBeCloseTo(0.5, 1);
    expect(share('human')).toBeCloseTo(0.25, 1);
    expect(share('public')).toBeCloseTo(0.25, 1);
  });

  it('balance length, so that "always longer" does not predict the label', async () => {
    const many = Array.from({ length: 400 }, (_, index) => itemOf(index));
    const preferences = many.map((item, index) =>
      index % 4 === 0 ? preferenceOf(item.id, 'b', 'a') : preferenceOf(item.id, 'a', 'b'),
    );
    const measured = (outcome: Awaited<ReturnType<typeof exportOf>>['outcome']) =>
      outcome.manifest.quality.find((result) => result.check === 'length_confound')!;
    expect(measured((await exportOf(many, preferences)).outcome)).toMatchObject({
      value: 0.75,
      status: 'warn',
    });
    const balanced = measured(
      (await exportOf(many, preferences, { sampling: { balanceLength: true } })).outcome,
    );
    expect(balanced.status).toBe('pass');
    expect(balanced.value).toBeCloseTo(0.5, 1);
  });

  it('require the inputs of their kind', async () => {
    await expect(exportOf([], [], { inputs: {} })).rejects.toThrow(/made from --preferences with --items/);
    await expect(exportOf([], [], { kind: 'rag', inputs: {} })).rejects.toThrow(/made from --gaps/);
  });
});
