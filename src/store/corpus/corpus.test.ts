import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tempFolder } from '../../../test/support/temp-folder.ts';
import type { Embedder } from '../../ports/embedder.ts';
import { type Corpus, openCorpus } from './corpus.ts';
import { indexFiles } from './index-files.ts';

let folder: string;
let corpus: Corpus;
beforeEach(() => {
  folder = tempFolder();
  corpus = openCorpus(join(folder, 'db', 'corpus.db'), { create: true });
});
afterEach(async () => {
  corpus.close();
});

async function index(files: Readonly<Record<string, string | Uint8Array>>) {
  await mkdir(join(folder, 'docs'), { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, 'docs', name), content);
  const done = [];
  for await (const one of indexFiles(corpus, [join(folder, 'docs')]))
    done.push(`${one.file.split('/').at(-1)} ${one.outcome}`);
  return done;
}
const find = async (query: string, limit = 3) => corpus.retriever().search(query, limit);

describe('indexing', () => {
  it('keeps file and offsets of Markdown, text, HTML, JSONL, CSV and packed files', async () => {
    const markdown = `# Bridges\n\n${'Filler words here. '.repeat(100)}\n\nThe harbour bridge opened in 1894.\n`;
    const html =
      '<html><head><title>x</title><script>hidden()</script></head><body><p>The <b>observatory</b> &amp; dome.</p></body></html>';
    await index({
      'a.md': markdown,
      'b.html': html,
      'c.jsonl': '{"title":"Zoo","text":"The zoo keeps zebras."}\n\n{"k":"quokka"}\n',
      'd.csv': 'name,text\nMuseum,"Opened in May,\n2001"\n',
      'e.txt.gz': gzipSync('A packed narwhal.'),
    });
    const [bridge] = await find('harbour bridge');
    expect(markdown.slice(bridge!.start, bridge!.end)).toBe(bridge!.text);
    expect(bridge!.source).toMatch(/a\.md$/);
    const [dome] = await find('observatory');
    expect(dome).toMatchObject({ text: 'The observatory & dome.' });
    expect(html.slice(dome!.start, dome!.end)).toBe('The <b>observatory</b> &amp; dome.');
    expect(await find('hidden')).toEqual([]);
    expect((await find('zebra'))[0]!.source).toMatch(/c\.jsonl:1$/);
    expect((await find('quokka'))[0]).toMatchObject({ text: 'k: quokka' });
    expect((await find('museum 2001'))[0]!.text).toBe('Museum\n\nOpened in May,\n2001');
    expect((await find('narwhals'))[0]!.text).toBe('A packed narwhal.');
  });

  it('skips binary and hidden files, and reports empty ones', async () => {
    expect(
      await index({
        'a.png': Buffer.from([0x89, 0x50, 0, 1]),
        'b.txt': Buffer.from([0xff, 0xfe, 0x41]),
        'c.md': '  \n',
        '.env': 'KEY=1',
      }),
    ).toEqual(['a.png binary', 'b.txt binary', 'c.md empty']);
  });

  it('replaces changed files only', async () => {
    await index({ 'a.md': 'The old owl.', 'b.md': 'The badger.' });
    const before = corpus.fingerprint();
    expect(await index({ 'a.md': 'A new otter, and longer.' })).toEqual(['a.md indexed', 'b.md unchanged']);
    expect(await find('owl')).toEqual([]);
    expect(await find('otter')).toHaveLength(1);
    expect(corpus.fingerprint()).not.toBe(before);
    expect(corpus.size()).toEqual({ files: 2, passages: 2, vectors: 0 });
  });

  it('keeps the indexed state of a file if its new content is broken', async () => {
    await index({ 'a.jsonl': '{"text":"An old owl."}\n' });
    await expect(index({ 'a.jsonl': '{"text":"A new otter."}\n{broken\n' })).rejects.toThrow(
      /a\.jsonl:2: not valid JSON/,
    );
    expect(await find('owl')).toHaveLength(1);
    expect(await find('otter')).toEqual([]);
  });

  it('splits long lines, long paragraphs and astral characters without loss', async () => {
    const text = '𝒳'.repeat(40_000);
    await index({ 'a.txt': `${text} end` });
    const passages = await find('end', 5);
    expect(passages[0]!.text.endsWith('end')).toBe(true);
    expect(passages[0]!.text).not.toMatch(/\ufffd/);
    expect(corpus.size().passages).toBeGreaterThan(60);
  });
});

describe('search', () => {
  it('accepts any question, including database syntax', async () => {
    await index({ 'a.md': 'The owl.' });
    for (const query of ['', '"', 'owl" OR *', 'NEAR(owl)', 'text:owl -owl ^ ( )', '🦉', '?'.repeat(5000)]) {
      expect(Array.isArray(await find(query))).toBe(true);
    }
    expect(await find('owl" OR *')).toHaveLength(1);
  });

  it('fuses words and vectors by rank, and requests missing vectors once', async () => {
    await index({ 'a.md': 'The automobile is red.', 'b.md': 'A car park.', 'c.md': 'An owl.' });
    let asked = 0;
    const embedder: Embedder = {
      model: 'm',
      async embed(texts) {
        asked += texts.length;
        return texts.map((text) => Float32Array.from(/car\b|automobile/.test(text) ? [1, 0.1] : [0, 1]));
      },
    };
    expect(await corpus.embed(embedder)).toBe(3);
    expect(await corpus.embed(embedder)).toBe(0);
    expect(asked).toBe(3);
    const found = await corpus.retriever(embedder).search('car', 2);
    expect(found.map(({ text }) => text)).toEqual(['A car park.', 'The automobile is red.']);
    const longer: Embedder = { model: 'm', embed: async () => [Float32Array.from([1, 2, 3])] };
    await expect(corpus.retriever(longer).search('car', 2)).rejects.toThrow(/vectors of another size/);
  });
});

describe('openCorpus', () => {
  it('explains a missing, empty or foreign file', async () => {
    expect(() => openCorpus(join(folder, 'none.db'))).toThrow(/there is no corpus/);
    expect(() => openCorpus(join(folder, 'db', 'corpus.db'))).toThrow(/the corpus is empty/);
    await writeFile(join(folder, 'text.db'), 'not a database, but long enough to be read as one'.repeat(100));
    expect(() => openCorpus(join(folder, 'text.db'))).toThrow(/cannot be opened as a corpus/);
  });
});
