import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HttpResponse, http } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { interceptFetch } from '../../../test/support/intercept-fetch.ts';
import { tempFolder } from '../../../test/support/temp-folder.ts';
import { quorate as run } from '../../../test/support/workspace.ts';

const network = interceptFetch();
let folder: string;
beforeEach(() => {
  folder = tempFolder();
});

const quorate = (...argv: readonly string[]) => run(argv, { cwd: folder, env: { EMBED_KEY: 'secret-key' } });

const save = (name: string, content: string | Uint8Array) => writeFile(join(folder, name), content);
const items = (...texts: readonly string[]) =>
  texts
    .map(
      (text, index) =>
        `${JSON.stringify({ id: `q${index}`, prompt: 'The bridge?', candidates: [{ id: 'a', text }] })}\n`,
    )
    .join('');

describe('quorate facts', () => {
  it('indexes, checks, and reports refuted claims and gaps', async () => {
    await save('bridge.md', '# Bridge\n\nThe bridge has two towers. The bridge was opened in 1894.\n');
    expect(await quorate('facts', 'index', 'bridge.md')).toMatchObject({
      code: 0,
      out: `${folder}/.quorate/corpus.db: 1 files, 1 passages, 0 vectors\n1 indexed, 0 unchanged, 0 not text, 0 empty\n`,
    });
    await save(
      'items.jsonl',
      items(
        'The bridge has three towers. The bridge is green.',
        'The bridge is green!',
        'The bridge was opened in 1894.',
        "I don't know.",
      ),
    );
    const { code, out, err } = await quorate(
      'facts',
      'check',
      'items.jsonl',
      '--corpus',
      '.quorate/corpus.db',
      '--out',
      'votes.jsonl',
      '--refuted',
      'veto',
    );
    expect(code).toBe(0);
    expect(out).toContain(
      '4 items, 4 responses: 0 without claims, 1 that say they do not know, 1 undecided\n',
    );
    expect(out).toContain('claims: 1 supported, 1 refuted, 2 unverifiable\n');
    expect(out).toMatch(
      /refuted {2}q0\/a {2}"The bridge has three towers\.": the evidence says two, not three \(.*bridge\.md: "The bridge has two towers\."\)/,
    );
    expect(out).toContain('2 x  The bridge is green.');
    expect(err).toContain('No LLM took part');
    const votes = (await readFile(join(folder, 'votes.jsonl'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(votes.filter(({ veto }) => veto)).toMatchObject([
      { item: 'q0', rater_kind: 'fact', criterion: 'refuted', score: 0 },
    ]);
  });

  it('checks one text file and reports as JSON', async () => {
    await save('bridge.txt', 'The bridge has two towers.');
    await save('answer.md', 'The bridge has two towers.');
    await quorate('facts', 'index', 'bridge.txt', '--corpus', 'c.db');
    const { out } = await quorate('facts', 'check', 'answer.md', '--corpus', 'c.db', '--json');
    expect(JSON.parse(out)).toMatchObject({ responses: 1, claims: { supported: 1, refuted: 0 }, gaps: [] });
  });

  it('makes vectors with any OpenAI-compatible server, the key from the environment', async () => {
    const keys = new Set<string | null>();
    const url = 'https://embeddings.example/v1';
    network.use(
      http.post(`${url}/embeddings`, async ({ request }) => {
        keys.add(request.headers.get('authorization'));
        const { input } = (await request.json()) as { input: string[] };
        const data = input.map((_text, index) => ({ object: 'embedding', index, embedding: [1, index] }));
        return HttpResponse.json({ object: 'list', model: 'm', data });
      }),
    );
    await save('a.md', 'One owl.');
    const flags = [
      '--embeddings-url',
      url,
      '--embeddings-model',
      'm',
      '--embeddings-key-env',
      'EMBED_KEY',
      '--json',
    ];
    const { code, out } = await quorate('facts', 'index', 'a.md', ...flags);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ vectors: 1, vectors_made: 1 });
    expect([...keys]).toEqual(['Bearer secret-key']);
  });

  it.each([
    [['facts', 'index', 'none'], /none: no such file or folder/],
    [['facts', 'index', 'binary.bin'], /The corpus is empty/],
    [['facts', 'index', 'broken.jsonl'], /broken\.jsonl:1: not valid JSON/],
    [['facts', 'index', 'a.md', '--embeddings-url', 'http://x'], /go together/],
    [
      [
        'facts',
        'index',
        'a.md',
        '--embeddings-url',
        'http://127.0.0.1:1',
        '--embeddings-model',
        'm',
        '--embeddings-key-env',
        'NO_KEY',
      ],
      /NO_KEY is not set/,
    ],
    [['facts', 'check', 'items.jsonl', '--corpus', 'none.db'], /there is no corpus/],
    [['facts', 'check', 'items.jsonl', '--no-item-evidence'], /nothing to check against/],
    [['facts', 'check', 'items.jsonl', '--refuted', 'fatal'], /--refuted must be one of veto, penalty, info/],
    [['facts', 'check', 'items.jsonl', '--max-claims', '0'], /--max-claims must be a whole number above 0/],
    [['facts', 'check', 'nothing.md'], /nothing\.md: cannot be read/],
  ])('%j ends with code 2 and what to do', async (argv, message) => {
    await save('a.md', 'One owl.');
    await save('binary.bin', Buffer.from([0, 1, 2]));
    await save('broken.jsonl', '{broken\n');
    await save('items.jsonl', items('The bridge has two towers.'));
    const { code, err } = await quorate(...argv);
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });
});
