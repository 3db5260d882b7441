import { mkdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Vote } from '../../src/domain/vote.ts';
import { type FakeBehaviour, type FakeProvider, startFakeProvider } from '../support/fake-provider.ts';
import { runCli } from '../support/run-cli.ts';
import { rubricYaml, Workspace } from '../support/workspace.ts';

// Waiting takes no time here: the clock jumps.
vi.mock('../../src/app/system-clock.ts', () => import('../support/jumping-clock.ts'));

/** Every way in which a question is put to a model, recognised by words of its prompt. The specific ones come first. */
const methods = {
  'verifier of a judge': 'Check the judge, do not judge anew',
  'second round': 'Other judges of the same question answered',
  criteria: 'Write 3 to 6 criteria',
  reference: 'If the prompt has one right answer',
  splitter: 'You take a response apart',
  'fact verifier': 'You check claims against',
  veto: 'Decide whether the response breaks',
  preference: 'Answer this one question',
  'revision judge': 'Answer these questions about the two responses',
  critic: 'You examine a response',
  reviser: 'You rewrite a response',
  judge: 'You are an impartial judge',
} as const;
type Method = keyof typeof methods;

function methodOf(prompt: string): Method {
  return (Object.keys(methods) as Method[]).find((method) => prompt.includes(methods[method]))!;
}

const lasting = { 'retry-after-ms': '1' };
/** What goes wrong, and the reason that a vote then gives. */
const failures: Readonly<Record<string, readonly [FakeBehaviour, RegExp]>> = {
  'a refusal': [{ text: 'I cannot help with that.', finish: 'refusal' }, /^refused$/],
  'a filter': [{ text: '', finish: 'content_filter' }, /^content_filter$/],
  'a cut': [{ text: '{"reason":"so far', finish: 'length' }, /^truncated$/],
  'HTTP 400': [{ does: 'refuse', status: 400 }, /^bad_request$/],
  'HTTP 429 for ever': [{ does: 'refuse', status: 429, headers: lasting }, /^rate$/],
  'HTTP 500 for ever': [{ does: 'refuse', status: 500, headers: lasting }, /^overloaded$/],
  'a closed connection': [{ does: 'drop' }, /^network$/],
};
/** Further ones where an answer is read and not only shown. */
const unreadable: typeof failures = {
  nothing: ['', /^(?:empty|unreadable|unread)$/],
  prose: ['I would rather talk about the weather.', /^(?:no_verdict|unreadable|unread)$/],
  'another shape': ['{"colour":"blue"}', /^(?:no_verdict|unreadable|unread)$/],
  'other types': [
    '{"verdict":7,"score":"high","ranking":"B","claims":[1,{"claim":2}],"judgements":7}',
    /^(?:not_offered|unreadable|unread)$/,
  ],
  contradictions: [
    [0, 1]
      .map((bit) => ({
        verdict: 'AB'[bit],
        score: bit,
        ranking: bit === 0 ? ['A', 'B'] : ['B', 'A'],
        claims: [{ sentence: 1, claim: `It has ${bit} towers.` }],
        judgements: [
          { claim: 1, verdict: ['refuted', 'supported'][bit], passage: 1, quote: 'has two towers' },
        ],
      }))
      .map((answer) => JSON.stringify(answer))
      .join(' or else ')
      .concat(' and who could say which'),
    /^(?:conflicting|unread)$/,
  ],
};
const everything = { ...failures, ...unreadable };

/** One item for each failure, and one without; calls that fail stand between calls that are answered. */
const isCallFailure = (name: string) =>
  typeof everything[name]![0] === 'object' && 'does' in everything[name]![0];
const failed = Object.keys(everything).filter(isCallFailure);
const names = [
  ...Object.keys(everything)
    .filter((name) => !isCallFailure(name))
    .flatMap((name, index) => [name, failed[index] ?? []].flat()),
  'none',
];
const items = names.map((name, index) => ({
  id: name,
  prompt: `Tell me about bridge ${index}.`,
  candidates: [
    { id: 'a', text: `Bridge number ${index} has two towers.`, model: 'gpt-4' },
    { id: 'b', text: `Nothing is known of number ${index}.`, model: 'claude-3' },
  ],
  context: [`Bridge number ${index} has two towers.`],
}));
const numberOf = (prompt: string) => Number(/\b(?:bridge|number) (\d+)\b/i.exec(prompt)?.[1]);

/** A good answer to any question: "two towers" is right. */
function good(method: Method, prompt: string): string {
  const isFirst = prompt.lastIndexOf('two towers') < prompt.lastIndexOf('Nothing is known');
  switch (method) {
    case 'splitter': {
      const claim = / has two towers/.test(prompt)
        ? [{ sentence: 1, claim: 'The bridge has two towers.' }]
        : [];
      return JSON.stringify({ claims: claim });
    }
    case 'fact verifier':
      return '{"judgements":[{"claim":1,"verdict":"supported","passage":1,"quote":"has two towers"}]}';
    case 'verifier of a judge':
    case 'veto':
      return '{"reason":"r","score":1}';
    case 'criteria':
      return '- Does it say what is known?';
    case 'reference':
      return 'It has two towers.';
    case 'critic':
      return prompt.includes('Nothing is known') ? 'It says nothing.' : 'Nothing to change.';
    case 'reviser':
      return `The number ${numberOf(prompt)} has two towers, as far as is known.`;
    case 'revision judge':
    case 'preference':
    case 'second round':
    case 'judge': {
      const best = isFirst ? 'A' : 'B';
      if (prompt.includes('You score one response')) return '{"reason":"r","score":4}';
      const ranking = isFirst ? [['A'], ['B']] : [['B'], ['A']];
      return JSON.stringify({ reason: 'r', verdict: best, ranking });
    }
  }
}

describe('bad replies of every kind', () => {
  let workspace: Workspace;
  let fake: FakeProvider;
  /** Who is answered badly: a method, at one model or at all. */
  let bad: { readonly method: Method; readonly model?: string } | null;
  let badEmbedding: boolean;
  const embedded: string[] = [];

  beforeEach(async () => {
    bad = null;
    badEmbedding = false;
    embedded.length = 0;
    fake = await startFakeProvider({
      behave: ({ prompt, model }) => {
        const method = methodOf(prompt);
        const failure = everything[names[numberOf(prompt)]!]?.[0];
        const isBad = bad !== null && bad.method === method && (bad.model ?? model) === model;
        return isBad && failure !== undefined ? failure : good(method, prompt);
      },
      route: (_request, body, response) => {
        const text = body.toString('utf8');
        if (!badEmbedding || !text.includes('"input":["The bridge')) return false;
        embedded.push(text);
        const data = [{ index: 0, embedding: ['x'] }];
        if (embedded.length % 2 === 0) response.writeHead(400).end('{"error":{"message":"no"}}');
        else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data }));
        return true;
      },
    });
    workspace = new Workspace();
    workspace.write('rubric.yaml', rubricYaml('json'));
    workspace.writeJsonLines('items.jsonl', items);
  });

  afterEach(async () => {
    workspace.remove();
    await fake.close();
  });

  const panel = () =>
    [
      ['one', 'mistral-test'],
      ['two', 'qwen-test'],
    ]
      .map(
        ([id, model]) =>
          `  - { id: ${id}, provider: openai, model: ${model}, base_url: "${fake.openAiUrl}", key_env: FAKE_KEY }\n`,
      )
      .join('');
  const job = (more: string) =>
    `items: items.jsonl\nrubric: rubric.yaml\nallocation: fixed\nconcurrency: 4\n${more}\npanel:\n${panel()}`;
  const allMethods = [
    'peers: true',
    'verify: one',
    'debate: true',
    'prepare: { criteria_by: one, reference_by: one }',
    'constitution: { files: harmlessness, judges: [two], principles_per_pair: 1, samples: 1 }',
    'facts: { judge: two }',
  ].join('\n');

  async function run(more: string, out: string) {
    workspace.write('job.yaml', job(`${more}\nstore: ${out}.db\nout: ${out}`));
    const ran = await workspace.quorate(['run', 'job.yaml']);
    expect(ran, ran.err).toMatchObject({ code: 0 });
    const report = JSON.parse(workspace.read(`${out}/report.json`));
    return { votes: workspace.votes(`${out}/votes.jsonl`), report, err: ran.err };
  }

  /** The opinion alone; what a vote rests on may differ where something else went wrong. */
  const opinions = (votes: readonly Vote[]) =>
    votes.map(({ provenance: _, cost_usd, input_tokens, output_tokens, ...opinion }) => opinion);

  const byMethod: readonly (readonly [Method, model: string, raters: readonly string[]])[] = [
    ['judge', 'qwen-test', ['two', 'two/debate', 'one/debate']],
    ['verifier of a judge', 'mistral-test', ['two']],
    ['second round', 'qwen-test', ['two/debate']],
    ['criteria', 'mistral-test', []],
    ['reference', 'mistral-test', []],
    ['splitter', 'qwen-test', ['facts']],
    ['fact verifier', 'qwen-test', ['facts']],
    ['veto', 'qwen-test', ['harmlessness@two/veto']],
    ['preference', 'qwen-test', ['harmlessness@two']],
  ];

  it('make no opinion of anybody, are counted with their reason, and harm no other method', async () => {
    const well = await run(allMethods, 'well');
    for (const [method, model, raters] of byMethod) {
      bad = { method, model };
      const out = method.replaceAll(' ', '-');
      const ill = await run(allMethods, out);
      const isHit = ({ item, rater }: Vote) => everything[item] !== undefined && raters.includes(rater);
      const unharmed = (votes: readonly Vote[]) => opinions(votes.filter((vote) => !isHit(vote)));
      expect(unharmed(ill.votes), method).toEqual(unharmed(well.votes));
      const hit = ill.votes.filter(isHit);
      for (const vote of hit) {
        // a response without a claim is never sent to the verifier, and without one nothing is scored
        if (method === 'fact verifier' && vote.reason === 'no claims') continue;
        const { item, rater, outcome, reason } = vote;
        expect(['abstain', 'error'], `${method} ${item} ${rater}`).toContain(outcome);
        const [, wanted] = everything[item]!;
        const said = reason!.replace(/^verifier: /, '');
        if (rater === 'one/debate') expect(said).toBe('nobody_answered');
        else expect(said, `${method}, ${item}`).toMatch(wanted);
      }
      for (const rater of raters) {
        const counts = ill.report.raters.find((each: { rater: string }) => each.rater === rater);
        const counted = Object.values(counts.reasons as Record<string, number>).reduce((a, b) => a + b, 0);
        expect(counted, `${method}, ${rater}`).toBe(counts.abstentions + counts.errors);
        const silent = ill.votes.filter((vote) => vote.rater === rater && vote.reason !== undefined);
        expect(counted).toBeGreaterThanOrEqual(hit.filter((vote) => vote.rater === rater).length);
        expect(silent.length).toBeGreaterThanOrEqual(counted);
      }
    }
  }, 120_000);

  it('do the same in a process of its own', async () => {
    // what is tried again waits for seconds, and here the clock is real
    const final = items.filter(({ id }) => !/for ever|closed/.test(id));
    workspace.writeJsonLines('items.jsonl', final);
    workspace.write('job.yaml', job(allMethods));
    bad = { method: 'judge', model: 'qwen-test' };
    const env = { ...process.env, FAKE_KEY: 'a-key' };
    const { code, err } = await runCli(workspace.folder, ['run', 'job.yaml'], env);
    expect({ code, err }).toMatchObject({ code: 0 });
    const hit = workspace.votes().filter(({ item, rater }) => rater === 'two' && item !== 'none');
    expect(hit).toHaveLength(2 * (final.length - 1));
    for (const { item, outcome, reason } of hit) {
      expect(['abstain', 'error']).toContain(outcome);
      expect(reason).toMatch(everything[item]![1]);
    }
    expect(err).toMatch(/two without a verdict: .*\b2 bad_request\b/);
  });

  it.each([
    ['pointwise', 'json'],
    ['listwise', 'json'],
  ])('make no score and no ranking of a %s judge', async (mode, verdict) => {
    workspace.write('rubric.yaml', rubricYaml(verdict).replace('mode: pairwise', `mode: ${mode}`));
    bad = { method: 'judge', model: 'qwen-test' };
    const { votes } = await run('', mode);
    const hit = votes.filter(({ item, rater }) => rater === 'two' && everything[item] !== undefined);
    expect(hit.length).toBe((mode === 'pointwise' ? 2 : 1) * Object.keys(everything).length);
    for (const { item, outcome, reason } of hit) {
      expect(['abstain', 'error']).toContain(outcome);
      expect(reason, item).toMatch(everything[item]![1]);
    }
    const rest = votes.filter(({ item, rater }) => rater !== 'two' || everything[item] === undefined);
    expect(rest.filter(({ outcome }) => outcome !== 'verdict')).toEqual([]);
  });

  it('of an embeddings server are errors of the fact check, and of no other rater', async () => {
    mkdirSync(workspace.path('notes'));
    for (const [index, { context }] of items.entries()) workspace.write(`notes/${index}.md`, context[0]!);
    const at = ['--embeddings-url', fake.openAiUrl, '--embeddings-model', 'e'];
    const indexed = await workspace.quorate(['facts', 'index', 'notes', '--corpus', 'corpus.db', ...at]);
    expect(indexed, indexed.err).toMatchObject({ code: 0 });
    badEmbedding = true;
    const facts = `facts: { judge: two, corpus: corpus.db, embeddings: { base_url: "${fake.openAiUrl}", model: e } }`;
    const { votes, report } = await run(facts, 'embeddings');
    const checked = votes.filter(
      (vote) => vote.kind === 'pointwise' && vote.rater === 'facts' && vote.candidate === 'a',
    );
    expect(checked).toHaveLength(items.length);
    for (const { outcome, reason } of checked) {
      expect(outcome).toBe('error');
      expect(reason).toMatch(/^embeddings: (?:bad_reply|bad_request)$/);
    }
    const judged = votes.filter(({ rater_kind }) => rater_kind === 'llm');
    expect(judged.every(({ outcome }) => outcome === 'verdict')).toBe(true);
    const reasons = report.raters.find(({ rater }: { rater: string }) => rater === 'facts').reasons;
    expect(reasons).toMatchObject({ embeddings: items.length });
  });

  it.each([
    ['critic', failures, /^critic_(?:refused|truncated|failed)$/],
    ['reviser', failures, /^critic_(?:refused|truncated|failed)$/],
    ['revision judge', everything, /^unread$/],
  ] as const)('give no revision when the %s sends them', async (method, kinds, reason) => {
    workspace.write(
      'job.yaml',
      job('constitution:\n  files: honesty\n  self_critique: { critic: one, rounds: 1, judges: [two] }'),
    );
    bad = { method };
    const { code, err } = await workspace.quorate(['constitution', 'revise', 'job.yaml', '--json']);
    expect({ code, err }).toMatchObject({ code: 0 });
    const lines = workspace.read('out/revisions.jsonl').trimEnd().split('\n');
    const revisions = lines.map((text) => JSON.parse(text));
    for (const each of revisions.filter(({ candidate }) => candidate === 'b')) {
      const isHit = kinds[each.item] !== undefined;
      if (!isHit && each.item !== 'none') continue;
      expect(each.status, `${each.item}: ${each.reason}`).toBe(isHit ? 'rejected' : 'accepted');
      if (isHit) expect(each.reason, each.item).toMatch(reason);
    }
  });
});
