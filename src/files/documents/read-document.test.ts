import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { countListWork } from '../../../test/support/count-list-work.ts';
import { tempFolder } from '../../../test/support/temp-folder.ts';
import { type DocumentLimits, readDocument } from './read-document.ts';

const folder = tempFolder();

async function read(name: string, content: string | Uint8Array, limits?: DocumentLimits) {
  const file = join(folder, name);
  writeFileSync(file, content);
  const passages = [];
  for await (const passage of readDocument(file, name, limits)) passages.push(passage);
  return passages;
}

const texts = async (html: string) => (await read('a.html', html)).map(({ text }) => text);
const times = (part: string, count: number) => part.repeat(count);

describe('the text of a page', () => {
  it.each([
    ['<ul><li>a<li>b</ul>c', 'a\nb\nc'],
    ['<head><title>t</title><body>a<p>b<p>c', 'a\nb\nc'],
    ['<nav>x<div>y</div></nav>a', 'a'],
    ['a<br>b</br>c</p>d', 'a\nb\nc\nd'],
    ['<svg><g/><text>x</text></svg>a', 'a'],
    ['<form><form>a</form>b', 'a\nb'],
  ])('of %s is %j', async (html, text) => {
    expect((await texts(html)).join('|')).toBe(text);
  });

  it('is read below any depth of nesting, and what is hidden stays hidden', async () => {
    const deep = `${times('<div>', 2000)}a<nav>x<p>y</p>z</nav>b${times('</div>', 2000)}<p>c`;
    expect((await texts(deep)).join('|').replace(/\s/g, '')).toBe('abc');
    expect(await texts(`${times('<nav>', 2000)}x${times('</nav>', 2000)}`)).toEqual([]);
  });
});

describe('the work of reading a document', () => {
  it.each([
    ['a.html', (n: number) => times('<ul><li>', n)],
    ['a.html', (n: number) => times('<div>', n) + times('</p>', n)],
    ['a.html', (n: number) => times('<b>', n) + times('</i>', n)],
    ['a.html', (n: number) => times('<nav>', n)],
    ['a.html', (n: number) => times('<svg><title>', n)],
    ['a.html', (n: number) => times('<form><b>', n)],
    ['a.html', (n: number) => `<!--${times('-', n)}`],
    ['a.html', (n: number) => `<a ${times('b="', n)}`],
    ['a.csv', (n: number) => `${Array.from({ length: n }, (_, at) => `c${at}`).join(',')}\n`],
    ['a.csv', (n: number) => `text\n"${times('""', n)}"\n`],
    ['a.jsonl', (n: number) => times('{"text":"a"}\n', n)],
    ['a.txt', (n: number) => times('a ', n)],
  ])('grows with its length and no faster: %s %#', async (name, make) => {
    const once = await countListWork(() => read(name, make(4000)));
    const twice = await countListWork(() => read(name, make(8000)));
    expect(twice).toBeLessThan(2.5 * once + 20_000);
  });
});

describe('a document that is made to harm', () => {
  const limits = { record: 1000, page: 1000 };

  it.each(['a.csv', 'a.csv.gz'])('is refused with its line where a record has no end: %s', async (name) => {
    const text = `text\na\n"${times('b', 1 << 20)}`;
    const bytes = name.endsWith('.gz') ? gzipSync(text) : text;
    await expect(read(name, bytes, limits)).rejects.toThrow(/:\d+: has a record of more than 1000 bytes/);
  });

  it('is refused where a page is too long', async () => {
    await expect(read('a.html', times('a', 1001), limits)).rejects.toThrow('a page of more than 1000');
  });

  it('is named where its gzip is broken', async () => {
    await expect(read('a.html.gz', 'no gzip')).rejects.toThrow('is not a valid gzip file');
    await expect(read('a.csv.gz', gzipSync('text\na').subarray(0, 20))).rejects.toThrow('is cut off');
  });
});
