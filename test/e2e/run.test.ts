import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeProvider, startFakeProvider } from '../support/fake-provider.ts';
import { jobYaml, pairs, rubricYaml, Workspace } from '../support/workspace.ts';

describe('quorate run', () => {
  let fake: FakeProvider;
  let workspace: Workspace;

  beforeEach(async () => {
    fake = await startFakeProvider();
    workspace = new Workspace();
    workspace.write('rubric.yaml', rubricYaml('brackets'));
    workspace.writeJsonLines('items.jsonl', pairs(12));
    workspace.write('job.yaml', jobYaml({ baseUrl: fake.openAiUrl }));
  });

  afterEach(async () => {
    workspace.remove();
    await fake.close();
  });

  it('goes from a job file to votes, preferences, a report and what to type next', async () => {
    const { code, err } = await workspace.quorate(['run', 'job.yaml']);
    expect(code).toBe(0);
    expect(fake.ledger.counts).toMatchObject({ answered: 24, repeated: 0 });
    const votes = workspace.votes();
    expect(votes.map((vote) => vote.item)).toEqual(pairs(12).flatMap(({ id }) => [id, id]));
    expect(votes.every((vote) => vote.outcome === 'verdict' && vote.provenance?.replies?.length === 1)).toBe(
      true,
    );
    expect(workspace.read('out/preferences.jsonl').trimEnd().split('\n')).toHaveLength(12);
    expect(JSON.parse(workspace.read('out/report.json'))).toMatchObject({ has_llm_judge: true, items: 12 });
    expect(err).toMatch(/24 calls made, 0 recorded replies reused/);
    expect(err).toMatch(/Next: quorate explain \S+ --job job\.yaml/);
  });

  it('pays nothing when it is run again, and writes the same bytes', async () => {
    await workspace.quorate(['run', 'job.yaml']);
    const first = [workspace.read('out/votes.jsonl'), workspace.read('out/preferences.jsonl')];
    const { err } = await workspace.quorate(['run', 'job.yaml']);
    expect(err).toMatch(/0 calls made, 24 votes from earlier/);
    expect(fake.ledger.counts.answered).toBe(24);
    expect([workspace.read('out/votes.jsonl'), workspace.read('out/preferences.jsonl')]).toEqual(first);
  });

  it('writes the training set that the job names', async () => {
    const more = 'reconcile: { accept: 0.5 }\nexport:\n  - { format: trl-dpo, out: dpo }';
    workspace.write('job.yaml', jobYaml({ baseUrl: fake.openAiUrl, more }));
    expect((await workspace.quorate(['run', 'job.yaml'])).code).toBe(0);
    expect(existsSync(workspace.path('out/dpo/train.jsonl'))).toBe(true);
  });

  it('weighs its raters as an earlier calibration found them', async () => {
    await workspace.quorate(['run', 'job.yaml']);
    const gold = pairs(12).map(({ id }) => ({
      item: id,
      rater: 'gold',
      rater_kind: 'gold',
      kind: 'pairwise',
      shown: ['a', 'b'],
      outcome: 'verdict',
      preferred: 'a',
    }));
    workspace.writeJsonLines('gold.jsonl', gold);
    const files = ['--votes', 'out/votes.jsonl', '--items', 'items.jsonl', '--labels', 'gold.jsonl'];
    expect((await workspace.quorate(['calibrate', ...files, '--out', 'model.json'])).code).toBe(0);
    const before = workspace.read('out/preferences.jsonl');
    workspace.write('job.yaml', jobYaml({ baseUrl: fake.openAiUrl, more: 'calibration: model.json' }));
    expect((await workspace.quorate(['run', 'job.yaml'])).code).toBe(0);
    const direct = [
      'reconcile',
      ...files.slice(0, 4),
      '--rater-model',
      'model.json',
      '--out',
      'direct.jsonl',
    ];
    expect((await workspace.quorate(direct)).code).toBe(0);
    const chances = (text: string) =>
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).probability as number);
    expect(chances(workspace.read('out/preferences.jsonl'))).toEqual(chances(workspace.read('direct.jsonl')));
    expect(workspace.read('out/preferences.jsonl')).not.toBe(before);
    expect(fake.ledger.counts.answered).toBe(24);
  });

  it('plans without a key and without a call, and knows what is recorded', async () => {
    const plan = async () => {
      const { code, out } = await workspace.quorate(['plan', 'job.yaml', '--json'], { env: {} });
      expect(code).toBe(0);
      return JSON.parse(out).raters[0];
    };
    expect(await plan()).toMatchObject({ rater: 'gpt', tasks: 12, recorded: 0, calls: 24 });
    expect(fake.ledger.counts.calls).toBe(0);
    await workspace.quorate(['run', 'job.yaml']);
    expect(await plan()).toMatchObject({ tasks: 12, recorded: 12, calls: 0, lowUsd: 0, highUsd: 0 });
    const { out } = await workspace.quorate(['plan', 'job.yaml']);
    expect(out).toMatch(/rater\s+tasks\s+recorded/);
  });

  it('explains an item: its votes, prompts and raw replies', async () => {
    await workspace.quorate(['run', 'job.yaml']);
    const { code, out } = await workspace.quorate(['explain', 'i3', '--json']);
    expect(code).toBe(0);
    const explanation = JSON.parse(out);
    expect(explanation.tasks).toHaveLength(1);
    expect(explanation.tasks[0].calls[0].request.messages.at(-1).content).toContain(
      'First answer to question 3',
    );
    expect(explanation.tasks[0].calls[0].reply.text).toMatch(/\[\[[AB]\]\]$/);
    expect(explanation.preferences).toHaveLength(1);
    expect((await workspace.quorate(['explain', 'i3'])).out).toMatch(/uncalibrated/);
    expect(await workspace.quorate(['explain', 'missing'])).toMatchObject({ code: 2 });
  });

  it('stops at a budget with exit code 6, and continues with more', async () => {
    // every call is held at what it could cost at most, and costs about a tenth of that
    const poor = await workspace.quorate(['run', 'job.yaml', '--max-usd', '0.0075', '--concurrency', '2']);
    expect(poor.code).toBe(6);
    expect(poor.err).toMatch(/the budget of the run is reached/);
    expect(poor.err).toMatch(/Next: quorate run job\.yaml --max-usd/);
    expect(fake.ledger.counts.usd).toBeLessThanOrEqual(0.0075);
    const part = workspace.votes().length;
    expect(part).toBeGreaterThan(0);
    expect(part).toBeLessThan(24);
    expect((await workspace.quorate(['run', 'job.yaml', '--max-usd', '5'])).code).toBe(0);
    expect(fake.ledger.counts).toMatchObject({ answered: 24, repeated: 0 });
  });

  it('runs rules and fact checks without a model and without a call, and says that no LLM took part', async () => {
    const [good, bad] = ['The bridge was opened in 1932.', 'The bridge was opened in 1975.'];
    workspace.writeJsonLines('items.jsonl', [
      {
        id: 'bridge',
        prompt: 'When was the bridge opened?',
        reference: good,
        candidates: [
          { id: 'a', text: good },
          { id: 'b', text: bad },
        ],
      },
    ]);
    workspace.write(
      'job.yaml',
      'items: items.jsonl\nallocation: fixed\nfacts: { own: true }\nrules:\n  - { id: short, check: length, unit: words, max: 3 }\n',
    );
    const { code, err } = await workspace.quorate(['run', 'job.yaml'], { env: {} });
    expect(code).toBe(0);
    expect(err).toMatch(/No LLM took part/);
    const votes = workspace.votes();
    expect(new Set(votes.map(({ rater }) => rater))).toEqual(new Set(['rules', 'facts']));
    expect(votes.find(({ rater, kind }) => rater === 'rules' && kind === 'pointwise')).toMatchObject({
      score: 0,
    });
    expect(fake.ledger.counts.calls).toBe(0);
  });

  it.each(['-1', '0', 'much'])('refuses a budget of %s', async (usd) => {
    const { code, err } = await workspace.quorate(['run', 'job.yaml', `--max-usd=${usd}`]);
    expect(code).toBe(2);
    expect(err).toMatch(/--max-usd must be a number above 0/);
  });
});
