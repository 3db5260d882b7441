import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { tempFolder } from '../../test/support/temp-folder.ts';
import { readLines } from './read-lines.ts';

let folder: string;
beforeEach(() => {
  folder = tempFolder();
});

async function linesOf(name: string, content: string | Uint8Array) {
  const file = join(folder, name);
  await writeFile(file, content);
  const lines = [];
  for await (const line of readLines(file)) lines.push(line);
  return lines;
}

describe('readLines', () => {
  it('accepts a byte-order mark, CRLF, empty lines and a missing last newline', async () => {
    expect(await linesOf('a.txt', '\uFEFFone\r\n\r\n  \ntwo')).toEqual([
      { number: 1, text: 'one' },
      { number: 4, text: 'two' },
    ]);
  });

  it('unpacks gzip', async () => {
    expect(await linesOf('a.gz', gzipSync('one\ntwo\n'))).toHaveLength(2);
  });

  it('joins a line that spans many chunks', async () => {
    const long = 'é'.repeat(1_000_000);
    expect(await linesOf('a.txt', `${long}\nend`)).toEqual([
      { number: 1, text: long },
      { number: 2, text: 'end' },
    ]);
  });

  it('names the line of invalid UTF-8', async () => {
    await expect(linesOf('a.txt', Buffer.from([0x6f, 0x6b, 0x0a, 0xff, 0xfe, 0x0a]))).rejects.toThrow(
      /a\.txt:2: invalid UTF-8/,
    );
  });

  it('reports a truncated or invalid gzip file', async () => {
    const packed = gzipSync('x'.repeat(100_000));
    await expect(linesOf('cut.gz', packed.subarray(0, packed.length - 20))).rejects.toThrow(/cut off/);
    await expect(linesOf('not.gz', 'plain')).rejects.toThrow(/not a valid gzip/);
  });

  it('reports a missing file', async () => {
    const missing = readLines(join(folder, 'none.jsonl'));
    await expect(missing.next()).rejects.toThrow(/none\.jsonl: no such file/);
  });
});
