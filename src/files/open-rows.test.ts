import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../test/support/temp-folder.ts';
import type { Row } from './json-record.ts';
import { openRows } from './open-rows.ts';
import { readRecords } from './read-records.ts';

const folder = tempFolder();

function fileOf(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

async function read(name: string, content: string | Uint8Array) {
  const { container, list, facts, rows } = await openRows(fileOf(name, content));
  const found: Row[] = [];
  for await (const row of rows) found.push(row);
  const records = found.flatMap((row) => ('record' in row ? [row.record] : []));
  return { container, list, facts, rows: found, records };
}

const two = [
  { id: '1', text: 'a' },
  { id: '2', text: 'b, "c"\nd' },
];
const csv = 'id,text\n1,a\n2,"b, ""c""\nd"\n';
const utf16 = (text: string, bom: string) => Buffer.from(bom + text, 'utf16le');
const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16();
// `printf '{"id":"1","text":"a"}\n{"id":"2","text":"b, \\"c\\"\\nd"}\n' | zstd` as bytes
const zstd = Buffer.from(
  'KLUv/QRYdQEAVAJ7ImlkIjoiMSIsInRleHQiOiJhIn0KMmIsIFwiY1wiXG5kIn0KAgBgC5nNJns7uyQ=',
  'base64',
);
const zip = (name: string, text: string): Buffer => storedZip([[name, text]]);

describe('openRows', () => {
  it.each([
    ['a.jsonl', two.map((row) => JSON.stringify(row)).join('\n'), 'jsonl', null],
    ['a.json', two.map((row) => JSON.stringify(row)).join('\n'), 'jsonl', null],
    ['a', two.map((row) => JSON.stringify(row)).join('\r\n'), 'jsonl', null],
    ['a.json', JSON.stringify(two), 'json-list', ''],
    ['a.jsonl', JSON.stringify(two, null, 2), 'json-list', ''],
    ['a.json', `\uFEFF${JSON.stringify({ data: two, meta: { page: 1 } })}`, 'json-document', 'data'],
    [
      'a.json',
      JSON.stringify({ version: 3, results: { results: two, prompts: [{}] } }, null, 2),
      'json-document',
      'results.results',
    ],
    ['a.json', JSON.stringify({ records: two }), 'json-document', 'records'],
    ['a.json', JSON.stringify({ unusual: two }), 'json-document', 'unusual'],
    [
      'a.json',
      JSON.stringify({ columns: ['id', 'text'], data: two.map((row) => Object.values(row)) }),
      'json-document',
      'data',
    ],
    [
      'a.json',
      JSON.stringify({ id: { 0: '1', 1: '2' }, text: { 0: 'a', 1: two[1]!.text } }),
      'json-document',
      '',
    ],
    ['a.csv', csv, 'table', null],
    ['a.csv', `\uFEFF${csv}`, 'table', null],
    ['a.csv', csv.replaceAll(',', ';').replace('b;', 'b,'), 'table', null],
    ['a.tsv', 'id\ttext\n1\ta\n2\t"b, ""c""\nd"\n', 'table', null],
    ['a.txt', 'id|text\n1|a\n2|"b, ""c""\nd"\n', 'table', null],
    ['a.csv', utf16(csv, '\uFEFF'), 'table', null],
    ['a.csv', swapped(utf16(csv, '\uFEFF')), 'table', null],
    ['a.csv', utf16(csv, ''), 'table', null],
    ['a.csv.gz', gzipSync(csv), 'table', null],
    ['misnamed.csv', gzipSync(csv), 'table', null],
    ['a.jsonl.zst', zstd, 'jsonl', null],
    ['a.csv.zip', zip('inside.csv', csv), 'table', null],
    ['a.zip', zip('inside.json', JSON.stringify(two)), 'json-list', ''],
  ])('reads %s', async (name, content, container, list) => {
    const found = await read(name, content);
    expect(found.records).toEqual(two);
    expect(found).toMatchObject({ container, list });
  });

  it('reads Parquet', async () => {
    const buffer = parquetWriteBuffer({
      columnData: [
        { name: 'id', data: two.map((row) => row.id) },
        { name: 'text', data: two.map((row) => row.text) },
      ],
    });
    const found = await read('a.parquet', new Uint8Array(buffer));
    expect(found).toMatchObject({ container: 'parquet', records: two });
  });

  it('keeps what stands beside the list of a JSON object', async () => {
    const { facts } = await read(
      'a.json',
      JSON.stringify({ evalId: 'e', results: { version: 3, results: two } }),
    );
    expect(facts).toEqual({ evalId: 'e', results: { version: 3 } });
  });

  it('takes an object without a list of records as one record', async () => {
    const record = { id: 'x', messages: [{ role: 'user', content: 'Hi' }] };
    expect((await read('a.json', JSON.stringify(record, null, 2))).records).toEqual([record]);
    expect((await read('a.jsonl', JSON.stringify(record))).records).toEqual([record]);
  });

  it('leaves out the second and third header of a survey export and names their lines', async () => {
    const text =
      'When,Q1\nStart Date,How good?\n"{""ImportId"":""a""}","{""ImportId"":""b""}"\n2026-05-28,5\n';
    const { rows, records } = await read('a.csv', text);
    expect(records).toEqual([{ When: '2026-05-28', Q1: '5' }]);
    expect(rows.filter((row) => 'leftOut' in row).map(({ line }) => line)).toEqual([2, 3]);
  });

  it('names a column without a name, and refuses two of one name', async () => {
    expect((await read('a.csv', ',a\n0,x\n')).records).toEqual([{ column_1: '0', a: 'x' }]);
    await expect(read('a.csv', 'a,b,a\n1,2,3\n')).rejects.toThrow(
      /a\.csv:1: has two columns of the name "a"/,
    );
  });

  it('reports a row that cannot be read with its line and goes on', async () => {
    expect((await read('a.jsonl', '{"a":1}\n{"a"\n[1]\n{"a":NaN}\n{"a":2}\n')).rows).toMatchObject([
      { line: 1, record: { a: 1 } },
      { line: 2, problem: expect.stringContaining('not valid JSON') },
      { line: 3, problem: expect.stringContaining('expected a JSON object') },
      { line: 4, problem: expect.stringContaining('not valid JSON') },
      { line: 5, record: { a: 2 } },
    ]);
    expect((await read('a.csv', 'a,b\n1\n1,2\n')).rows).toMatchObject([
      { line: 2, problem: expect.any(String) },
      { line: 3 },
    ]);
  });

  it.each([
    ['cut.zst', zstd.subarray(0, zstd.length - 8), /cut off/],
    [
      'two.zip',
      storedZip([
        ['a.csv', csv],
        ['b.csv', csv],
      ]),
      /holds 2 files: a\.csv, b\.csv/,
    ],
    ['none.zip', storedZip([]), /holds no file/],
    [
      'book.xlsx',
      storedZip([
        ['xl/workbook.xml', ''],
        ['xl/styles.xml', ''],
      ]),
      /Excel workbook/,
    ],
    ['broken.zip', Buffer.from('PK\u0003\u0004rubbish'), /not a zip archive/],
    ['broken.parquet', Buffer.from('PAR1rubbish'), /not a Parquet file/],
    ['a.json', '{"a": [1', /not valid JSON/],
  ])('names what is wrong with %s', async (name, content, message) => {
    await expect(read(name, content)).rejects.toThrow(message);
  });

  it('gives what was written, in every text container', async () => {
    const cell = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\r', ''));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ id: cell, text: cell }), { minLength: 1, maxLength: 5 }),
        async (rows) => {
          const quoted = rows.map((row) =>
            [row.id, row.text].map((one) => `"${one.replaceAll('"', '""')}"`).join(','),
          );
          expect((await read('p.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'))).records).toEqual(
            rows,
          );
          expect((await read('p.json', JSON.stringify({ rows }))).records).toEqual(rows);
          expect((await read('p.csv', ['id,text', ...quoted].join('\n'))).records).toEqual(rows);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('readRecords', () => {
  it('reads every container, and stops at the first row that cannot be read', async () => {
    const found: unknown[] = [];
    for await (const { record } of readRecords(fileOf('r.csv', csv))) found.push(record);
    expect(found).toEqual(two);
    const broken = readRecords(fileOf('r.json', '[{"a":1},2]'));
    await broken.next();
    await expect(broken.next()).rejects.toThrow(/r\.json:1: expected a JSON object/);
  });
});

/** A zip archive without compression. */
function storedZip(files: readonly (readonly [string, string])[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of files) {
    const content = Buffer.from(text);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt32LE(content.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), fields, Buffer.from(name), content]);
    const end = Buffer.alloc(14);
    end.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), fields, end, Buffer.from(name)]),
    );
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const tail = Buffer.alloc(22);
  tail.write('PK\u0005\u0006', 'latin1');
  tail.writeUInt16LE(files.length, 8);
  tail.writeUInt16LE(files.length, 10);
  tail.writeUInt32LE(central.length, 12);
  tail.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, tail]);
}
