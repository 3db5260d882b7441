import { join } from 'node:path';
import { expect, test } from 'vitest';
import { load, mistakesOf, smallConstitution } from '../../../test/support/load-job.ts';

test('a small job gets defaults, and paths relative to its folder', async () => {
  const { job, folder } = await load(
    'items: items.jsonl\nrubric: r.yaml\npanel:\n  - {provider: openai, model: gpt-5-mini}\n',
  );
  expect(job).toMatchObject({
    name: 'job',
    items: join(folder, 'items.jsonl'),
    store: join(folder, '.quorate/quorate.db'),
    allocation: { kind: 'fixed', targetError: 0.05, maxCallsPerItem: null, stages: null },
    budget: { maxUsd: null, perItemUsd: null },
    constitution: null,
  });
  expect(job.panel[0]).toMatchObject({
    id: 'gpt-5-mini',
    family: 'gpt',
    orders: 'both',
    samples: 1,
    price: null,
    optional: false,
    rubric: { id: 'small', mode: 'pairwise', reasoning: { maxWords: 120 } },
  });
  expect(job.panel[0]).not.toHaveProperty('temperature');
});

test('a job accepts every option', async () => {
  const { job, folder } = await load(
    `
name: full
items: items.jsonl
labels: items.jsonl
votes: [items.jsonl]
out: results
store: postgres://db.example/quorate
seed: 7
concurrency: 8
mode: batch
rubric: ./r.yaml
panel:
  - id: strong
    provider: openai-compatible
    base_url: http://\${HOST}/\${VERSION:-v1}
    model: m
    family: llama
    key_env: MY_KEY
    temperature: 0.2
    max_tokens: 900
    thinking_tokens: 2000
    samples: 3
    orders: random
    limits: {rpm: 60, tpm: 90000}
    price: {input_per_mtok: 1, output_per_mtok: 2, cached_input_per_mtok: 0.1}
    budget_usd: 3
    structured: off
    mode: pointwise
    when: available
  - {id: cheap, provider: heuristic}
constitution:
  files: [c.yaml]
  judges: [strong]
  principles_per_pair: 2
  clamp: [0.4, 0.6]
  self_critique: {critic: strong, rounds: 3}
peers: true
verify: strong
debate: true
prepare: {criteria_by: strong}
skip: [fact]
allocation: {kind: cascade, stages: [[cheap], [strong]], max_calls_per_item: 6}
budget: {max_usd: 10, per_item_usd: 0.5}
reconcile: {accept: 0.9, same_family: downweight, quorum: 2}
export: [{format: trl-dpo, out: dpo.jsonl}]
`,
    { 'c.yaml': smallConstitution },
    { HOST: '127.0.0.1:1' },
  );
  expect(job.panel[0]).toMatchObject({
    baseUrl: 'http://127.0.0.1:1/v1',
    price: { inputPerMtok: 1, outputPerMtok: 2, cachedInputPerMtok: 0.1 },
    limits: { rpm: 60, tpm: 90_000 },
    rubric: { mode: 'pointwise' },
    structured: 'off',
    optional: true,
  });
  expect(job.panel[1]).toMatchObject({ id: 'cheap', model: 'heuristic', family: 'heuristic' });
  expect(job.panel[0]!.rubricHash).not.toBe(job.panel[1]!.rubricHash);
  expect(job.constitutions[0]).toMatchObject({
    id: 'c',
    principles: [{ id: 'kind', weight: 1, veto: false }],
  });
  expect(job.constitution).toMatchObject({
    clamp: [0.4, 0.6],
    selfCritique: { critic: 'strong', out: join(folder, 'results/revisions.jsonl') },
  });
  expect(job).toMatchObject({
    store: 'postgres://db.example/quorate',
    verify: 'strong',
    allocation: { kind: 'cascade', stages: [['cheap'], ['strong']] },
    exports: [{ format: 'trl-dpo', out: join(folder, 'results/dpo.jsonl') }],
  });
});

test('all mistakes of the job and of the files that it names are reported at once, with their positions', async () => {
  const mistakes = await mistakesOf(
    `items: nowhere.jsonl
sed: 3
concurrency: many
rubric: bad.yaml
panel:
  - provider: opnai
    model: gpt-5
    rubic: r.yaml
  - provider: openai
    model: gpt-5
  - provider: openai
    model: gpt-5
    temperature: 3
verify: gpt-6
constitution: c.yaml
`,
    {
      'bad.yaml': 'mode: pairwse\ncriteria:\n  - id: a\n    description: x\n  - id: a\n',
      'c.yaml': 'principles:\n  - id: kind\n    critique: c\n    revison: r\n',
    },
  );
  expect(mistakes).toEqual([
    {
      at: 'bad.yaml:1:7',
      path: 'mode',
      text: expect.stringMatching(/one of pairwise.*received "pairwse" \| did you mean "pairwise"/),
    },
    { at: 'bad.yaml:5:5', path: 'criteria[1].description', text: expect.stringContaining('is missing') },
    { at: 'bad.yaml:5:9', path: 'criteria[1].id', text: expect.stringContaining('already') },
    { at: 'c.yaml:2:5', path: 'principles[0].revision', text: expect.stringContaining('is missing') },
    { at: 'c.yaml:2:5', path: 'principles[0].preference', text: expect.stringContaining('is missing') },
    {
      at: 'c.yaml:4:5',
      path: 'principles[0].revison',
      text: expect.stringContaining('did you mean "revision"?'),
    },
    { at: 'job.yaml:1:8', path: 'items', text: expect.stringContaining('there is no file') },
    { at: 'job.yaml:2:1', path: 'sed', text: expect.stringContaining('did you mean "seed"?') },
    { at: 'job.yaml:3:14', path: 'concurrency', text: 'concurrency must be a number, received "many"' },
    {
      at: 'job.yaml:6:15',
      path: 'panel[0].provider',
      text: expect.stringContaining('did you mean "openai"?'),
    },
    { at: 'job.yaml:8:5', path: 'panel[0].rubic', text: expect.stringContaining('did you mean "rubric"?') },
    { at: 'job.yaml:9:5', path: 'panel[1]', text: expect.stringContaining('has the id "gpt-5"') },
    { at: 'job.yaml:11:5', path: 'panel[2]', text: expect.stringContaining('has the id "gpt-5"') },
    {
      at: 'job.yaml:13:18',
      path: 'panel[2].temperature',
      text: 'panel[2].temperature must be at most 2, received 3',
    },
    { at: 'job.yaml:14:9', path: 'verify', text: expect.stringContaining('did you mean "gpt-5"?') },
  ]);
});

const judged = (lines: string) =>
  `items: items.jsonl\nrubric: r.yaml\npanel:\n  - provider: openai\n    model: gpt-5\n${lines}`;
const broken: Record<string, [job: string | Uint8Array, at: string, text: RegExp]> = {
  'an empty file': ['', 'job.yaml:1:1', /the file is empty/],
  'a file of comments': ['# nothing\n', 'job.yaml:1:1', /the file is empty/],
  'a list instead of a mapping': ['- a\n', 'job.yaml:1:1', /the file must be a mapping/],
  'a duplicate key': ['items: items.jsonl\nitems: b\nvotes: items.jsonl\n', 'job.yaml:2:1', /unique/],
  'an alias without an anchor': ['items: *nothing\n', 'job.yaml:1:8', /alias/i],
  'a tab as indent': ['items: items.jsonl\npanel:\n\t- a\n', 'job.yaml:3:1', /spaces/],
  'two documents': ['items: a\n---\nitems: b\n', 'job.yaml:2:1', /a file holds one document/],
  'an unknown tag': ['items: !!js/function a\nvotes: items.jsonl\n', 'job.yaml:1:8', /tag/i],
  'invalid UTF-8': [new Uint8Array([0x69, 0x3a, 0x20, 0xff, 0xfe]), 'job.yaml:1:1', /not valid UTF-8/],
  'an alias bomb': [bomb(), 'job.yaml:1:1', /alias/i],
  'deeply nested brackets': [`items: ${'['.repeat(5_000)}`, 'job.yaml:1:1', /nested too deeply/],
  'a huge file': [`# ${'x'.repeat(2_000_000)}`, 'job.yaml:1:1', /larger than/],
  'no raters': ['items: items.jsonl\n', 'job.yaml:1:1', /the job has no raters/],
  'no rubric': [
    'items: items.jsonl\npanel: [{provider: openai, model: m}]\n',
    'job.yaml:2:9',
    /has no rubric/,
  ],
  'an unknown shipped rubric': [
    'items: items.jsonl\nvotes: items.jsonl\nrubric: helpfullness\n',
    'job.yaml:3:9',
    /no shipped rubric.*shipped:/,
  ],
  'a missing rubric file': [
    'items: items.jsonl\nvotes: items.jsonl\nrubric: ./no.yaml\n',
    'job.yaml:3:9',
    /there is no file/,
  ],
  'a key under key_env': [
    judged('    key_env: sk-proj-abcdefghijklmnop123456\n'),
    'job.yaml:6:14',
    /keys must not be stored in files/,
  ],
  'a key under its own name': [judged('    api_key: whatever\n'), 'job.yaml:6:5', /key_env/],
  'a key in a comment': [
    judged('# old: sk-ant-api03-abcdefghijk12345\n'),
    'job.yaml:6:8',
    /keys must not be stored/,
  ],
  'a password in an address': [
    judged('    base_url: https://me:secret@h/v1\n'),
    'job.yaml:6:15',
    /user name or password/,
  ],
  'an address of another kind': [
    judged('    base_url: file:///etc/passwd\n'),
    'job.yaml:6:15',
    /http or https/,
  ],
  'a variable that is not set': [
    judged(`    base_url: http://\${NO_SUCH_PORT}/v1\n`),
    'job.yaml:6:15',
    /NO_SUCH_PORT.*not set/,
  ],
  'an unknown allocation': [judged('allocation: adaptve\n'), 'job.yaml:6:13', /did you mean "adaptive"/],
  'an allocation with a wrong key': [
    judged('allocation: {kind: fixed, taget_error: 1}\n'),
    'job.yaml:6:27',
    /did you mean "target_error"/,
  ],
  'a negative budget': [judged('budget: {max_usd: -1}\n'), 'job.yaml:6:19', /more than 0, received -1/],
  'two constitutions with one id': [
    judged('constitution: { files: [honesty, ./honesty.yaml] }\n'),
    'job.yaml:6:34',
    /constitution\.files\[1\].*"honesty".*earlier constitution/,
  ],
  'a constitution that is named twice': [
    judged('constitution: { files: [honesty, honesty] }\n'),
    'job.yaml:6:34',
    /"honesty".*earlier constitution/,
  ],
  'a clamp on one side of one half': [
    judged('constitution: { files: honesty, clamp: [0.6, 0.9] }\n'),
    'job.yaml:6:40',
    /lowest <= 0\.5 < highest/,
  ],
  'a mode the verdict format cannot carry': [
    judged('    mode: pairwise\n    rubric: p.yaml\n'),
    'job.yaml:6:11',
    /cannot carry/,
  ],
};

test.each(Object.entries(broken))('%s is reported with its position', async (_, [job, at, text]) => {
  const rating = 'mode: pointwise\nverdict: rating\ncriteria: [{id: a, description: b}]\n';
  const mistakes = await mistakesOf(job, { 'p.yaml': rating, 'honesty.yaml': smallConstitution });
  const found = mistakes.find((mistake) => mistake.at === at && text.test(mistake.text));
  expect(found, JSON.stringify(mistakes, null, 1)).toBeDefined();
});

test('a key in a file is never repeated in a message', async () => {
  const key = 'sk-proj-abcdefghijklmnop123456';
  const mistakes = await mistakesOf(judged(`    key_env: ${key}\n    temperature: ${key}\n    ${key}: 1\n`));
  expect(JSON.stringify(mistakes)).not.toContain(key);
});

test('a byte-order mark, CRLF and anchors are accepted', async () => {
  const { job } = await load(
    '\uFEFFitems: items.jsonl\r\nrubric: r.yaml\r\npanel:\r\n  - &base {provider: openai, model: gpt-5}\r\n  - {<<: *base, id: again}\r\n',
  );
  expect(job.panel.map((judge) => judge.id)).toEqual(['gpt-5', 'again']);
});

function bomb(): string {
  const rows = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
  for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh'].map((pair) => [...pair])) {
    rows.push(`${to}: &${to} [${Array(10).fill(`*${from}`).join(', ')}]`);
  }
  return `${rows.join('\n')}\n`;
}
