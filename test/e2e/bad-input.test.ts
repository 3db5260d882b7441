import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeProvider, startFakeProvider } from '../support/fake-provider.ts';
import { jobYaml, pairs, rubricYaml, Workspace } from '../support/workspace.ts';

describe('quorate run with input that is not as it should be', () => {
  let fake: FakeProvider;
  let workspace: Workspace;

  beforeEach(async () => {
    fake = await startFakeProvider();
    workspace = new Workspace();
    workspace.write('rubric.yaml', rubricYaml('brackets'));
    workspace.write('job.yaml', jobYaml({ baseUrl: fake.openAiUrl }));
  });

  afterEach(async () => {
    workspace.remove();
    await fake.close();
  });

  const asLines = (records: readonly unknown[], end = '\n') =>
    records.map((record) => JSON.stringify(record) + end).join('');

  /** Refused as usage error, with these words, before anything was asked. */
  async function refused(...words: readonly (string | RegExp)[]) {
    const { code, err } = await workspace.quorate(['run', 'job.yaml', '--trust']);
    for (const word of words) expect(err).toMatch(word);
    expect(code).toBe(2);
    expect(fake.ledger.counts.calls).toBe(0);
  }

  it('names the line of an item without candidates', async () => {
    workspace.writeJsonLines('items.jsonl', [...pairs(3), { id: 'empty', prompt: 'Q', candidates: [] }]);
    await refused('items.jsonl:4', 'item "empty" has no candidates');
  });

  it('says which items leave less to judge: no prompt, identical and empty responses', async () => {
    const [first, second, third, ...rest] = pairs(5);
    const texts = (item: typeof first, ...both: string[]) => ({
      ...item,
      candidates: both.map((text, index) => ({ id: 'ab'[index], text })),
    });
    const items = [
      { ...first, prompt: ' ' },
      texts(second, 'Same', 'Same '),
      texts(third, 'Some', ''),
      ...rest,
    ];
    workspace.writeJsonLines('items.jsonl', items);
    const { code, err } = await workspace.quorate(['run', 'job.yaml']);
    expect(code).toBe(0);
    expect(err).toContain(
      '1 items have no prompt (or a blank one): no judge is asked about them (first: i0)',
    );
    expect(err).toContain('1 items have identical responses: such pairs are not judged (first: i1)');
    expect(err).toContain('1 items have an empty response (first: i2)');
    expect(fake.ledger.counts.calls).toBe(6);
  });

  it('does not pay for a judge whose family wrote one of the responses', async () => {
    const authored = pairs(3).map((item, index) => ({
      ...item,
      candidates: item.candidates.map((one, at) => ({
        ...one,
        model: at === 0 && index < 2 ? 'gpt-4' : 'llama-3',
      })),
    }));
    workspace.writeJsonLines('items.jsonl', authored);
    const job = jobYaml({ baseUrl: fake.openAiUrl }).replace('fake-model', 'gpt-4o');
    workspace.write('job.yaml', job);
    const plan = await workspace.quorate(['plan', 'job.yaml']);
    expect(plan.out).toContain('gpt is not asked 2 questions in which one author is of its own family');
    expect((await workspace.quorate(['run', 'job.yaml'])).code).toBe(0);
    expect(fake.ledger.counts.calls).toBe(2);
    workspace.write('job.yaml', `${job}reconcile: {same_family: downweight}\n`);
    expect((await workspace.quorate(['run', 'job.yaml'])).code).toBe(0);
    expect(fake.ledger.counts.calls).toBe(6);
  });

  it('passes over an item with one candidate, and says so', async () => {
    const lone = { id: 'lone', prompt: 'Q', candidates: [{ id: 'a', text: 'alone' }] };
    workspace.writeJsonLines('items.jsonl', [...pairs(2), lone]);
    const { code, err } = await workspace.quorate(['run', 'job.yaml']);
    expect(code).toBe(0);
    expect(err).toMatch(/1 items without a task for any rater/);
    expect(workspace.votes().map(({ item }) => item)).toEqual(['i0', 'i0', 'i1', 'i1']);
  });

  it('names raters without a task in any item, in a plan and in a run', async () => {
    workspace.write(
      'job.yaml',
      `${workspace.read('job.yaml')}rules: [{ id: sums, check: answer, match: numeric, categories: [maths] }]\n`,
    );
    workspace.writeJsonLines('items.jsonl', pairs(1));
    const idle = /No task for rules: check that their categories/;
    expect((await workspace.quorate(['plan', 'job.yaml'])).out).toMatch(idle);
    expect((await workspace.quorate(['run', 'job.yaml'])).err).toMatch(idle);
  });

  it('refuses an items file without any task, and an empty one', async () => {
    workspace.writeJsonLines('items.jsonl', [
      { id: 'lone', prompt: 'Q', candidates: [{ id: 'a', text: 't' }] },
    ]);
    await refused(/no rater has a question about any of the 1 items/, /pairs need two candidates/);
    workspace.write('items.jsonl', '\n\n');
    await refused(/has no items/);
  });

  it('names both lines of a repeated id', async () => {
    workspace.writeJsonLines('items.jsonl', [...pairs(3), pairs(2)[1]]);
    await refused('items.jsonl:4', 'item id "i1" is already used on line 2');
  });

  it('carries strange ids through unharmed', async () => {
    const ids = ['a|b', '../../etc/passwd', 'q"uo\'te', 'ta\tb\nnew', '🦆', ' ', '__proto__'];
    const candidates = ids.map((id) => ({ id, text: `answer ${id}` }));
    workspace.writeJsonLines('items.jsonl', [{ id: 'x"; DROP TABLE looks; --', prompt: 'Q', candidates }]);
    const { code } = await workspace.quorate(['run', 'job.yaml']);
    expect(code).toBe(0);
    const votes = workspace.votes();
    expect(votes).toHaveLength(ids.length * (ids.length - 1));
    const shown = new Set(votes.flatMap((vote) => (vote.kind === 'pairwise' ? vote.shown : [])));
    expect([...shown].sort()).toEqual([...ids].sort());
    const again = await workspace.quorate(['run', 'job.yaml']);
    expect(again.err).toMatch(/0 calls made/);
  });

  it('sends a response of 5 MB whole', async () => {
    const [item] = pairs(1);
    const huge = {
      ...item!,
      candidates: [{ id: 'a', text: 'ten bytes '.repeat(524_288) }, item!.candidates[1]],
    };
    workspace.writeJsonLines('items.jsonl', [huge]);
    const { code } = await workspace.quorate(['run', 'job.yaml']);
    expect(code).toBe(0);
    expect(fake.ledger.questions.every(({ prompt }) => prompt.length > 5_242_880)).toBe(true);
  });

  it('names the line of invalid UTF-8', async () => {
    const bytes = Buffer.from(asLines(pairs(3)));
    bytes[bytes.indexOf('Second answer to question 1')] = 0xff;
    workspace.write('items.jsonl', bytes);
    await refused('items.jsonl:2', 'invalid UTF-8', 'save the file as UTF-8');
  });

  it('reads CRLF and a byte-order mark', async () => {
    workspace.write('items.jsonl', `\uFEFF${asLines(pairs(2), '\r\n')}`);
    expect((await workspace.quorate(['run', 'job.yaml'])).code).toBe(0);
    expect(workspace.votes()).toHaveLength(4);
  });

  it('says that a gzip file is cut off', async () => {
    const whole = gzipSync(asLines(pairs(500)));
    workspace.write('items.jsonl.gz', whole.subarray(0, whole.length / 2));
    workspace.write(
      'job.yaml',
      jobYaml({ baseUrl: fake.openAiUrl }).replace('items.jsonl', 'items.jsonl.gz'),
    );
    await refused('items.jsonl.gz', 'the gzip file is cut off', 'copy or download it again');
  });

  it('finds the broken line 40,001 before any money is spent', async () => {
    workspace.write('items.jsonl', `${asLines(pairs(40_000))}{"id": "cut", "prompt": \n${asLines(pairs(1))}`);
    await refused('items.jsonl:40001', 'not valid JSON');
  });

  it('is not blown up by a YAML bomb', async () => {
    const level = (name: string, of: string) =>
      `${name}: &${name} [${Array(10).fill(`*${of}`).join(', ')}]\n`;
    let bomb = 'a: &a ["x","x","x","x","x","x","x","x","x","x"]\n';
    for (const [name, of] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf', 'hg', 'ih'].map((two) => [
      two[0]!,
      two[1]!,
    ])) {
      bomb += level(name!, of!);
    }
    workspace.write('job.yaml', `${bomb}${jobYaml({ baseUrl: fake.openAiUrl })}`);
    workspace.writeJsonLines('items.jsonl', pairs(1));
    await refused(/job\.yaml:\d+:\d+/);
  });

  it.each([
    ['a text file', 'not a database, only words '.repeat(100)],
    ['a store of a newer version', 'newer'],
  ])('refuses %s as its store', async (_name, content) => {
    workspace.writeJsonLines('items.jsonl', pairs(1));
    if (content === 'newer') {
      const { default: Database } = await import('better-sqlite3');
      const database = new Database(workspace.path('store.db'));
      database.pragma('user_version = 999');
      database.close();
    } else {
      workspace.write('store.db', content);
    }
    workspace.write('job.yaml', jobYaml({ baseUrl: fake.openAiUrl, more: 'store: store.db' }));
    await refused('store.db', /newer Quorate|not a readable database/, /update it|name another store/);
  });

  it('refuses a store that cannot be written', async () => {
    workspace.writeJsonLines('items.jsonl', pairs(1));
    workspace.write('job.yaml', jobYaml({ baseUrl: fake.openAiUrl, more: 'store: /proc/quorate.db' }));
    await refused('/proc/quorate.db', /cannot be opened|may not be written/, /check/);
  });
});
