import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeBehaviour, type FakeProvider, startFakeProvider } from '../support/fake-provider.ts';
import { pairs, rubricYaml, Workspace } from '../support/workspace.ts';

const items = pairs(4).map((item) => ({
  ...item,
  candidates: item.candidates.map((candidate, index) => ({
    ...candidate,
    model: ['gpt-4', 'claude-3'][index],
  })),
}));

function job(baseUrl: string, more: string): string {
  const judge = (id: string, model: string) =>
    `  - { id: ${id}, provider: openai, model: ${model}, base_url: ${baseUrl}, key_env: FAKE_KEY }`;
  const panel = [judge('one', 'mistral-test'), judge('two', 'qwen-test'), judge('own', 'gpt-test')];
  return `items: items.jsonl\nrubric: rubric.yaml\nallocation: fixed\n${more}\npanel:\n${panel.join('\n')}\n`;
}

describe('quorate run, all ways of asking judges', () => {
  let workspace: Workspace;
  let fake: FakeProvider;
  let behave: (prompt: string, call: number) => FakeBehaviour | undefined;

  beforeEach(async () => {
    behave = () => undefined;
    fake = await startFakeProvider({ behave: ({ prompt }, call) => behave(prompt, call) });
    workspace = new Workspace();
    workspace.write('rubric.yaml', rubricYaml('json'));
    workspace.writeJsonLines('items.jsonl', items);
  });

  afterEach(async () => {
    workspace.remove();
    await fake.close();
  });

  const everything = [
    'peers: true',
    'verify: one',
    'debate: true',
    'prepare: { criteria_by: one, reference_by: one }',
    'constitution: { files: harmlessness, judges: [two], principles_per_pair: 2, samples: 2, clamp: [0.2, 0.8] }',
  ].join('\n');

  it('asks each question once, keeps each way’s votes apart, and can be repeated for nothing', async () => {
    workspace.write('job.yaml', job(fake.openAiUrl, everything));
    const { code, err } = await workspace.quorate(['run', 'job.yaml']);
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(fake.ledger.counts.repeated).toBe(0);
    const votes = workspace.votes();
    const raters = new Set(votes.map(({ rater }) => rater));
    expect([...raters].sort()).toEqual([
      'harmlessness@two',
      'harmlessness@two/veto',
      'one',
      'one/debate',
      'two',
      'two/debate',
    ]);
    const checked = votes.filter(({ rater }) => rater === 'two');
    expect(checked.every(({ provenance }) => provenance?.verified_by === 'one')).toBe(true);
    expect(checked.every(({ provenance }) => provenance?.prepared !== undefined)).toBe(true);
    const drawn = votes.filter(({ rater }) => rater === 'harmlessness@two');
    expect(drawn).toHaveLength(4 * 2 * 2);
    for (const { rater_kind, probability = 0.5 } of drawn) {
      expect(rater_kind).toBe('constitution');
      expect(probability).toBeLessThanOrEqual(0.8);
    }
    expect(JSON.parse(workspace.read('out/report.json')).peers).toMatchObject([
      { judge: 'one', cells: [{ author: 'claude-3' }, { author: 'gpt-4' }] },
      { judge: 'one/debate' },
      { judge: 'two' },
      { judge: 'two/debate' },
    ]);
    expect(err).toMatch(/judge +claude-3 +gpt-4 +generosity/);
    expect(JSON.parse(workspace.read('out/report.json')).cross_checks).toMatchObject({
      verify: { checked: 8 },
      debate: { second_votes: 16 },
      prepare: { criteria: { items: 4, missing: {} }, reference: { items: 4, missing: {} } },
    });
    expect(err).toMatch(/verified: 8 votes, \d+ withheld, 0 not checked/);
    expect(err).toMatch(/debate: \d+ of 16 second votes changed; judges agreed in \d+% before, \d+% after/);
    expect(err).toMatch(/prepared criteria for 4 items/);
    const paid = fake.ledger.counts.answered;
    await workspace.quorate(['run', 'job.yaml']);
    expect(fake.ledger.counts.answered).toBe(paid);
  });

  it('leaves a way out when it is switched off', async () => {
    workspace.write('job.yaml', job(fake.openAiUrl, `${everything}\nskip: [constitution]`));
    expect((await workspace.quorate(['run', 'job.yaml'])).code).toBe(0);
    expect(workspace.votes().some(({ rater_kind }) => rater_kind === 'constitution')).toBe(false);
  });

  it('comes through bad replies of every kind, and counts them as what they are', async () => {
    const bad: readonly FakeBehaviour[] = [
      '',
      'no verdict here',
      '{"reason":"cut',
      { text: '{"reason":"so far', finish: 'length' },
      { text: 'I would rather not.', finish: 'content_filter' },
      '{"reason":"r","verdict":"C","score":7}',
      {
        does: 'refuse',
        status: 400,
        message: 'maximum context length exceeded',
        code: 'context_length_exceeded',
      },
    ];
    behave = (prompt) =>
      bad[[...prompt].reduce((sum, character) => sum + character.charCodeAt(0), 0) % (bad.length + 3)];
    workspace.write('job.yaml', job(fake.openAiUrl, everything));
    // A second vote that never came about is a judge without a verdict: the run is complete, yet not as asked.
    expect(await workspace.quorate(['run', 'job.yaml'])).toMatchObject({
      code: 3,
      err: expect.stringContaining('two/debate'),
    });
    const votes = workspace.votes();
    expect(votes.filter(({ outcome }) => outcome === 'abstain').length).toBeGreaterThan(5);
    expect(
      votes.every(({ outcome, reason }) => outcome === 'verdict' || outcome === 'tie' || Boolean(reason)),
    ).toBe(true);
    expect(workspace.read('out/preferences.jsonl').trimEnd().split('\n')).toHaveLength(4);
  });

  it('asks no heuristic what only a model can answer', async () => {
    const heuristic = '  - { id: words, provider: heuristic }\n';
    workspace.write(
      'job.yaml',
      `${job(fake.openAiUrl, 'verify: one\ndebate: true\nconstitution: { files: honesty }')}${heuristic}`,
    );
    expect((await workspace.quorate(['run', 'job.yaml'])).code).toBe(0);
    const votes = workspace.votes();
    expect(votes.filter(({ rater }) => rater.includes('words'))).toHaveLength(8);
    expect(votes.find(({ rater }) => rater === 'words')!.provenance?.verified_by).toBeUndefined();

    const alone = `items: items.jsonl\nrubric: rubric.yaml\nconstitution: { files: honesty }\nout: alone\npanel:\n${heuristic}`;
    workspace.write('job.yaml', alone);
    const ran = await workspace.quorate(['run', 'job.yaml']);
    expect(ran.err).toContain('skipped: constitution: it needs a judge with a model');
    expect(workspace.votes('alone/votes.jsonl').every(({ rater_kind }) => rater_kind === 'rule')).toBe(true);

    workspace.write('job.yaml', `${job(fake.openAiUrl, 'verify: words')}${heuristic}`);
    const { code, err } = await workspace.quorate(['run', 'job.yaml']);
    expect(code).toBe(2);
    expect(err).toContain('"verify" names "words", which has no model and cannot read a question');
  });

  it('says so when a judge that others rest on is not there', async () => {
    const text = job(fake.openAiUrl, 'verify: own');
    workspace.write('job.yaml', text.replace(/(id: own,.*)FAKE_KEY/, '$1NO_KEY, when: available'));
    const { code, err } = await workspace.quorate(['run', 'job.yaml']);
    expect(code).toBe(2);
    expect(err).toContain('"verify" names the judge "own", which is not there');
  });
});
