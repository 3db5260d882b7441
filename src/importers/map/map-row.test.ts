import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fieldSource, rowMapKeys, rowMapOf } from '../../config/import/row-map-schema.ts';
import type { JsonRecord } from '../../files/json-record.ts';
import { type JoinedRow, rowMapper } from './map-row.ts';
import { columnsOf, missingColumns } from './missing-columns.ts';

const schema = z.strictObject({ fields: z.record(z.string(), fieldSource), ...rowMapKeys });

function mapOf(written: z.input<typeof schema>) {
  const { fields, ...keys } = schema.parse(written);
  return rowMapOf(fields, keys);
}

const read = (row: JsonRecord, written: z.input<typeof schema>, joined?: JoinedRow) =>
  rowMapper(mapOf(written), joined)(row);
const records = (...args: Parameters<typeof read>) => read(...args).records;

describe('rowMapper', () => {
  it.each<[string, JsonRecord, unknown]>([
    ['a', { a: 1 }, 1],
    ['a.b', { a: { b: true } }, true],
    ['a.b', { 'a.b': 'flat' }, 'flat'],
    ['a.b.c', { 'a.b': { c: 2 } }, 2],
    ['turns[0].content', { turns: [{ content: 'Hi' }] }, 'Hi'],
    ['turns.0.content', { turns: [{ content: 'Hi' }] }, 'Hi'],
    ['turns[-1].content', { turns: [{ content: 'Hi' }, { content: 'Ho' }] }, 'Ho'],
    ['cell.score', { cell: '{"score": 4}' }, 4],
    ['cell[1]', { cell: '[1, 2]' }, 2],
    ['a[0][1]', { a: [[1, 2]] }, 2],
  ])('reads %s', (path, row, value) => {
    expect(records(row, { fields: { x: path } })).toEqual([{ x: value }]);
  });

  it('gives a record for each element of a list', () => {
    const row = {
      id: 7,
      annotations: [
        { by: 'ann', result: [{ v: 1 }, { v: 2 }] },
        { by: 'bob', result: [{ v: 3 }] },
      ],
    };
    const fields = { item: 'id', rater: 'annotations[].by', score: 'annotations[].result[].v' };
    expect(records(row, { fields })).toEqual([
      { item: 7, rater: 'ann', score: 1 },
      { item: 7, rater: 'ann', score: 2 },
      { item: 7, rater: 'bob', score: 3 },
    ]);
  });

  it('reads lists of the same length side by side, and refuses others', () => {
    const fields = { rater: 'rating.users[]', score: 'rating[]' };
    expect(records({ rating: [4, 2], 'rating.users': ['u1', 'u2'] }, { fields })).toEqual([
      { rater: 'u1', score: 4 },
      { rater: 'u2', score: 2 },
    ]);
    expect(read({ rating: [4], 'rating.users': ['u1', 'u2'] }, { fields }).problems[0]).toMatch(
      /same length/,
    );
  });

  it('gives a record for each entry of an object', () => {
    expect(
      records(
        { scores: { gpt: 4, llama: 2 } },
        { fields: { rater: 'scores{}.key', score: 'scores{}.value' } },
      ),
    ).toEqual([
      { rater: 'gpt', score: 4 },
      { rater: 'llama', score: 2 },
    ]);
  });

  it('gives a record for each column of a wide table, without the empty cells', () => {
    const row = { id: '1', judge_a: '4', judge_b: '', judge_c: '5', note: 'x' };
    expect(
      records(row, { unpivot: 'judge_*', fields: { item: 'id', rater: 'column', score: 'value' } }),
    ).toEqual([
      { item: '1', rater: 'judge_a', score: '4' },
      { item: '1', rater: 'judge_c', score: '5' },
    ]);
  });

  it('maps values, inverts booleans, and names what is not listed', () => {
    const written = {
      fields: { x: 'winner' },
      values: { winner: { model_a: 'first', 'tie (bothbad)': 'tie' } },
    };
    expect(records({ winner: 'model_a' }, written)).toEqual([{ x: 'first' }]);
    expect(
      records({ winner: 'tie (bothbad)' }, { ...written, values: { x: written.values.winner } }),
    ).toEqual([{ x: 'tie' }]);
    expect(read({ winner: 'model_c' }, written).problems).toEqual([
      'winner "model_c" is not among the values of the map: model_a, tie (bothbad)',
    ]);
    const inverted = { fields: { x: { column: 'bad', values: { true: 'down', false: 'up' } } } };
    expect(records({ bad: true }, inverted)).toEqual([{ x: 'down' }]);
    expect(records({ bad: 'False' }, inverted)).toEqual([{ x: 'up' }]);
    expect(records({ n: 1 }, { fields: { x: { column: 'n', values: { 1: 'bad', 2: 'good' } } } })).toEqual([
      { x: 'bad' },
    ]);
    expect(records({ n: 9 }, { fields: { x: { column: 'n', values: { 1: 1 }, otherwise: 0 } } })).toEqual([
      { x: 0 },
    ]);
  });

  it('fills constants, defaults and templates', () => {
    const fields = {
      kind: { constant: 'human' },
      id: { template: '{question}:{turn}' },
      by: { column: 'who', default: 'unknown' },
    };
    expect(records({ question: 'q', turn: 2, who: '' }, { fields })).toEqual([
      { kind: 'human', id: 'q:2', by: 'unknown' },
    ]);
    expect(records({ question: 'q' }, { fields })).toEqual([{ kind: 'human', by: 'unknown' }]);
  });

  it.each<[JsonRecord, unknown, boolean]>([
    [{ s: 'done' }, 'done', true],
    [{ s: 'open' }, 'done', false],
    [{ s: 'open' }, ['done', 'open'], true],
    [{ s: 'open' }, { not: 'done' }, true],
    [{ s: true }, { not: true }, false],
    [{ s: 'True' }, true, true],
    [{ s: 1 }, 1, true],
    [{ s: '' }, null, true],
    [{}, { not: null }, false],
  ])('where: %j under %j', (row, condition, stays) => {
    const { records: found, leftOut } = read(
      { ...row, x: 1 },
      { fields: { x: 'x' }, where: { s: condition as string } },
    );
    expect(found).toHaveLength(stays ? 1 : 0);
    expect(leftOut).toHaveLength(stays ? 0 : 1);
  });

  it('filters elements, not only rows', () => {
    const row = {
      responses: [
        { status: 'submitted', v: 1 },
        { status: 'draft', v: 2 },
      ],
    };
    expect(
      records(row, { fields: { v: 'responses[].v' }, where: { 'responses[].status': 'submitted' } }),
    ).toEqual([{ v: 1 }]);
  });

  it('joins a second file by its key', () => {
    const written = {
      fields: { query: 'trace.input', thumb: 'value' },
      join: { file: 't.csv', on: { trace_id: 'id' }, as: 'trace' },
    };
    const joined = (key: string) => (key === '7' ? { id: '7', input: 'Hi' } : undefined);
    expect(records({ trace_id: 7, value: 1 }, written, joined)).toEqual([{ query: 'Hi', thumb: 1 }]);
    expect(read({ trace_id: 8, value: 1 }, written, joined).problems).toEqual(['no row of t.csv has id 8']);
    const optional = { ...written, join: { ...written.join, optional: true } };
    expect(records({ trace_id: 8, value: 1 }, optional, joined)).toEqual([{ thumb: 1 }]);
  });
});

describe('missingColumns', () => {
  const rows = [{ data: { prompt: 'a' }, list: [{ v: 1 }], empty: '' }];
  it.each([
    ['data.prompt', []],
    ['list[].v', []],
    ['empty', []],
    ['data.promt', ['data.promt']],
    ['list[].w', ['list[].w']],
    ['nothing', ['nothing']],
  ])('%s', (column, missing) => {
    expect(missingColumns(mapOf({ fields: { x: column } }), rows).map((one) => one.column)).toEqual(missing);
  });

  it('says where the map names the column, and which columns are there', () => {
    const map = mapOf({ fields: { x: 'no' }, where: { neither: 1 }, unpivot: 'judge_*' });
    expect(missingColumns(map, rows)).toEqual([
      { column: 'no', place: ['fields', 'x'] },
      { column: 'neither', place: ['where', 'neither'] },
      { column: 'judge_*', place: ['unpivot'] },
    ]);
    expect(columnsOf(rows)).toEqual(['data.prompt', 'list[].v', 'empty']);
  });
});
