import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeBehaviour, type FakeProvider, startFakeProvider } from '../support/fake-provider.ts';
import { jobYaml, rubricYaml, Workspace } from '../support/workspace.ts';

// Waiting takes no time here: the clock jumps.
vi.mock('../../src/app/system-clock.ts', () => import('../support/jumping-clock.ts'));

const context = ['The bridge has two towers. The bridge was opened in 1894.'];
const items = Array.from({ length: 4 }, (_unused, index) => ({
  id: `i${index}`,
  prompt: 'Tell me about the bridge.',
  context,
  candidates: [
    { id: 'a', text: 'The bridge has three towers.' },
    { id: 'b', text: 'The bridge has two towers. The bridge was opened in 1894.' },
  ],
}));
const checks = `
rules:
  - { id: no-todo, check: mentions, none: [TODO] }
  - { id: short, check: length, max: 8, severity: info }
facts: { refuted: veto }
`;

describe('rules and facts in a run', () => {
  let workspace: Workspace;
  let fake: FakeProvider;
  let behave: (prompt: string) => FakeBehaviour | undefined;

  beforeEach(async () => {
    behave = () => '[[A]]';
    fake = await startFakeProvider({ behave: ({ prompt }) => behave(prompt), keys: ['a-key'] });
    workspace = new Workspace();
    workspace.write('rubric.yaml', rubricYaml('brackets'));
    workspace.writeJsonLines('items.jsonl', items);
  });

  afterEach(async () => {
    await fake.close();
    workspace.remove();
  });

  const job = (more: string) =>
    workspace.write('job.yaml', jobYaml({ baseUrl: fake.openAiUrl, judge: 'timeout_ms: 300', more }));
  const report = () => JSON.parse(workspace.read('out/report.json'));
  const run = async (...flags: readonly string[]) => {
    const ran = await workspace.quorate(['run', 'job.yaml', ...flags]);
    expect(ran.err).not.toContain('Error:');
    return ran;
  };

  it('lets a refuted claim veto, and says what each method changed and cost', async () => {
    job(checks);
    const { code, err } = await run();
    expect(code).toBe(0);
    const kinds = new Set(workspace.votes().map((vote) => vote.rater_kind));
    expect([...kinds].sort()).toEqual(['fact', 'llm', 'rule']);
    expect(workspace.votes().filter(({ veto }) => veto)).toHaveLength(4);
    const preferences = workspace
      .read('out/preferences.jsonl')
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text));
    for (const preference of preferences) expect(preference).toMatchObject({ status: 'vetoed', chosen: 'b' });
    const { methods } = report();
    expect(methods.map(({ kind }: { kind: string }) => kind)).toEqual(['llm', 'rule', 'fact']);
    expect(methods[2]).toMatchObject({ pairs_with_a_lean: 4, agreement: 1, cost_usd: 0 });
    expect(methods[0].cost_usd).toBeGreaterThan(0);
    expect(err).toMatch(/method +decided +agreement +items flipped/);
    expect(err).toMatch(/rules without a verdict: 4 short/);
  });

  it.each([
    ['rule', ['fact', 'llm']],
    ['fact', ['llm', 'rule']],
    ['llm', ['fact', 'rule']],
  ])('switches %s off', async (skip, rest) => {
    job(`${checks}skip: [${skip}]\n`);
    await run();
    const kinds = new Set(workspace.votes().map((vote) => vote.rater_kind));
    expect([...kinds].sort()).toEqual(rest);
  });

  it('runs on rules and facts alone, without any server', async () => {
    workspace.write('job.yaml', `items: items.jsonl\n${checks}`);
    const { code, err } = await run();
    expect(code).toBe(0);
    expect(err).toContain('No LLM took part');
    expect(fake.ledger.counts.calls).toBe(0);
  });

  it('runs programs only when that is allowed', async () => {
    job('rules: [{ id: mine, check: command, run: [printf, "{\\"pass\\":true}"] }]\n');
    expect(await workspace.quorate(['run', 'job.yaml'])).toMatchObject({ code: 2 });
    expect((await workspace.quorate(['plan', 'job.yaml'])).code).toBe(0);
    await run('--allow-commands');
    expect(workspace.votes().filter(({ criterion }) => criterion === 'mine')).toHaveLength(8);
  });

  it('takes the rules of a rubric, each with its severity and its categories', async () => {
    behave = () => '[[C]]';
    const rules = [
      '  - { id: clean, check: mentions, none: [secret], severity: veto }',
      '  - { id: long, check: length, min: 3, severity: penalty }',
      '  - { id: warm, check: mentions, any: [dear], severity: info }',
      '  - { id: only-code, check: code, categories: [code], severity: veto }',
    ];
    workspace.write('rubric.yaml', rubricYaml('brackets', `rules:\n${rules.join('\n')}\n`));
    const pair = (id: string, a: string, b: string) => ({
      id,
      prompt: 'Tell me about the bridge.',
      category: 'chat',
      candidates: [
        { id: 'a', text: a },
        { id: 'b', text: b },
      ],
    });
    workspace.writeJsonLines('items.jsonl', [
      pair('veto', 'İ is a s\u200becret of the bridge', 'It has two towers'),
      pair('penalty', 'Two towers', 'It has two towers'),
      pair('info', 'Dear reader, it has two towers', 'It has two towers'),
    ]);
    job('');
    await run();
    const said = (item: string) =>
      workspace.votes().flatMap((vote) => {
        if (vote.item !== item || vote.rater_kind !== 'rule' || vote.kind !== 'pointwise') return [];
        const score = vote.outcome === 'verdict' ? vote.score : null;
        return [`${vote.criterion} ${vote.candidate} ${score ?? vote.outcome}${vote.veto ? ' veto' : ''}`];
      });
    expect(said('veto')).toContain('test:clean a 0 veto');
    expect(said('penalty')).toContain('test:long a 0');
    expect(said('info').filter((vote) => vote.startsWith('test:warm'))).toEqual(['test:warm b abstain']);
    expect(workspace.votes().some(({ criterion }) => criterion === 'test:only-code')).toBe(false);
    const [vetoing] = workspace.votes().filter(({ veto }) => veto);
    const span = vetoing!.provenance!.span as { start: number; end: number };
    expect([span.start, span.end]).toEqual([7, 14]);
    const preferences = workspace
      .read('out/preferences.jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const of = (item: string) => preferences.find((preference) => preference.item === item);
    expect(of('veto')).toMatchObject({ status: 'vetoed', chosen: 'b' });
    expect(of('penalty')).toMatchObject({ chosen: 'b' });
    expect(of('penalty').probability).toBeGreaterThan(0.5);
    // only an info rule has an opinion there
    expect(of('info').probability).toBe(0.5);
  });

  it('checks with a judge, and continues without paying twice', async () => {
    behave = (prompt) => {
      if (prompt.includes('atomic claims'))
        return '{"claims":[{"sentence":1,"claim":"The bridge has many towers."}]}';
      if (prompt.includes('check claims'))
        return '{"judgements":[{"claim":1,"verdict":"supported","passage":1,"quote":"has two towers"}]}';
      return '[[B]]';
    };
    job('facts: { judge: gpt }\n');
    await run();
    const facts = workspace
      .votes()
      .filter((vote) => vote.rater_kind === 'fact' && vote.criterion === 'facts');
    expect(facts).toHaveLength(8);
    expect(facts[0]).toMatchObject({ outcome: 'verdict', model: 'fake-model' });
    expect(facts[0]!.provenance?.replies).toHaveLength(2);
    const { calls } = fake.ledger.counts;
    const before = workspace.read('out/votes.jsonl');
    await run();
    expect(fake.ledger.counts.calls).toBe(calls);
    expect(workspace.read('out/votes.jsonl')).toBe(before);
  });

  const bad: readonly (readonly [string, FakeBehaviour, string, RegExp])[] = [
    ['prose', 'All of it is true, I am sure.', 'abstain', /unreadable/],
    ['nothing', '', 'abstain', /unreadable/],
    ['JSON cut off', { text: '{"claims":[{"sent', finish: 'length' }, 'abstain', /truncated/],
    ['a refusal', { text: 'I cannot do that.', finish: 'refusal' }, 'abstain', /refused/],
    ['filtered content', { text: '', finish: 'content_filter' }, 'abstain', /content_filter/],
    ['JSON of another shape', '{"claims":"none","judgements":7}', 'abstain', /unreadable/],
    ['HTML', { does: 'html' }, 'error', /bad_reply/],
    ['half of a body', { does: 'cut' }, 'error', /bad_reply|network/],
    ['an error in 200', { does: 'error-in-200' }, 'error', /bad_reply|overloaded|bad_request/],
    ['429 for ever', { does: 'refuse', status: 429 }, 'error', /rate/],
    ['silence', { does: 'hang' }, 'error', /timeout/],
  ];
  it.each(bad)('makes no verdict of a verifier that sends %s', async (_name, behaviour, outcome, reason) => {
    behave = (prompt) => (/atomic claims|check claims/.test(prompt) ? behaviour : '[[A]]');
    workspace.writeJsonLines('items.jsonl', items.slice(0, 1));
    job('facts: { judge: gpt }\n');
    await run();
    const facts = workspace.votes().filter((vote) => vote.rater_kind === 'fact');
    expect(facts).toHaveLength(2);
    for (const vote of facts) {
      expect(vote).toMatchObject({ criterion: 'facts', outcome });
      expect(vote.reason).toMatch(reason);
    }
  });
});
