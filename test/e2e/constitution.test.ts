import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeBehaviour, type FakeProvider, startFakeProvider } from '../support/fake-provider.ts';
import { rubricYaml, Workspace } from '../support/workspace.ts';

const conversation = (answer: string) =>
  `\n\nHuman: May I?\n\nAssistant: Yes.\n\nHuman: How?\n\nAssistant: ${answer}`;
const known = [
  { id: '1', prompt: 'Human: Why?', a: 'good answer', b: 'bad answer', gold: 'A' },
  { id: '2', prompt: 'Human: When?', a: 'bad answer', b: 'good answer', gold: 'B' },
  { id: '3', text_correct: conversation('good answer'), text_incorrect: conversation('bad answer') },
  {
    id: '4',
    prompt: 'Here is a talk.\n\nChoose:\n (A) A bad answer.\n (B) A good answer.\nThe answer is:',
    corrects: [' (B)'],
    incorrects: [' (A)'],
  },
  { id: '5', prompt: 'x\n (A) a\n (B) b\n (C) c', corrects: [' (A)'], incorrects: [' (B)', ' (C)'] },
];

describe('quorate constitution', () => {
  let workspace: Workspace;
  let fake: FakeProvider;
  let behave: (prompt: string) => FakeBehaviour | undefined;

  beforeEach(async () => {
    behave = () => undefined;
    fake = await startFakeProvider({ behave: ({ prompt }) => behave(prompt) });
    workspace = new Workspace();
  });

  afterEach(async () => {
    workspace.remove();
    await fake.close();
  });

  /** Prefers the good answer wherever it stands. */
  const wise = (prompt: string) => {
    const verdict = prompt.indexOf('good answer') < prompt.indexOf('bad answer') ? 'A' : 'B';
    return JSON.stringify({ reason: 'r', verdict });
  };
  const evaluate = (...more: string[]) =>
    workspace.quorate([
      ...[
        'constitution',
        'eval',
        'honesty',
        'known.jsonl',
        '--provider',
        'openai-compatible',
        '--model',
        'm',
      ],
      ...['--base-url', fake.openAiUrl, '--key-env', 'FAKE_KEY', ...more],
    ]);

  it('measures a constitution on known pairs of every shape', async () => {
    workspace.writeJsonLines('known.jsonl', known);
    behave = wise;
    const { code, out } = await evaluate('--json');
    expect(code).toBe(0);
    const report = JSON.parse(out);
    expect(report).toMatchObject({
      skipped: 1,
      all: { pairs: 4, correct: 4, wrong: 0, accuracy: 1, near_chance: false, both_orders: 4, flipped: 0 },
    });
    expect(report.all.interval.low).toBeLessThan(0.6);
    expect(report.principles.length).toBeGreaterThan(0);
  });

  it('says when a judge is near chance, and that its verdicts follow the order', async () => {
    workspace.writeJsonLines('known.jsonl', known.slice(0, 4));
    behave = () => '{"reason":"r","verdict":"A"}';
    const { out } = await evaluate();
    expect(out).toMatch(/4 of 4 verdicts changed with the order/);
    expect(out).toMatch(/known\.jsonl +4 +0 +0 +4 +0 +- +- +- +100\.0%/);
    expect(out).toMatch(/All 4 pairs are undecided: no better than chance/);
    behave = (prompt) => (prompt.includes('When?') ? '{"verdict":"A"}' : undefined);
    const other = await evaluate('--seed', '2');
    expect(other.out).toMatch(/Near chance|Nothing was decided/);
  });

  it('asks what it asked before for nothing', async () => {
    workspace.writeJsonLines('known.jsonl', known);
    behave = wise;
    await evaluate();
    const { answered } = fake.ledger.counts;
    await evaluate();
    expect(fake.ledger.counts.answered).toBe(answered);
  });

  it.each([
    [['--provider', 'missing'], /--provider must be one of/],
    [['--limit', 'some'], /--limit must be a whole number/],
  ])('refuses %j', async (flags, message) => {
    workspace.writeJsonLines('known.jsonl', known);
    const { code, err } = await evaluate(...flags);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  it('says when no principle is for the category of any pair, and counts pairs without one', async () => {
    const principle = {
      id: 'kind',
      critique: 'c',
      revision: 'r',
      preference: 'Which?',
      categories: ['talk'],
    };
    workspace.write('own.yaml', JSON.stringify({ principles: [principle] }));
    workspace.writeJsonLines('known.jsonl', [known[0], { ...known[1], cat: 'code' }]);
    behave = wise;
    const own = (...more: string[]) =>
      workspace.quorate([
        ...['constitution', 'eval', './own.yaml', 'known.jsonl', '--provider', 'openai-compatible'],
        ...['--model', 'm', '--base-url', fake.openAiUrl, '--key-env', 'FAKE_KEY', ...more],
      ]);
    const none = await own();
    expect(none.code).toBe(2);
    expect(none.err).toMatch(/no principle of "own" applies.*\n.*categories talk; the pairs have code/);
    workspace.writeJsonLines('known.jsonl', [known[0], { ...known[1], cat: 'talk' }]);
    expect((await own()).out).toMatch(/1 pairs have a category to which no principle applies/);
    expect(JSON.parse((await own('--json')).out)).toMatchObject({ unasked: 1, all: { pairs: 1 } });
  });

  it('names the line that is no known pair', async () => {
    workspace.writeJsonLines('known.jsonl', [known[0], { prompt: 'x' }]);
    const { code, err } = await evaluate();
    expect(code).toBe(2);
    expect(err).toMatch(/known\.jsonl:2: no pair with a known better response/);
  });

  const revisingJob = (critic: string) => {
    const judge = (id: string) =>
      `  - { id: ${id}, provider: openai, model: ${id}-test, base_url: ${fake.openAiUrl}, key_env: FAKE_KEY }\n`;
    return `items: items.jsonl\nrubric: rubric.yaml\nconstitution:\n  files: honesty\n  self_critique: { critic: ${critic}, rounds: 2 }\npanel:\n${judge('critic')}${judge('strict')}`;
  };

  it.each<[string, FakeBehaviour, Record<string, number>]>([
    ['refuses', { text: 'I would rather not.', finish: 'content_filter' }, { critic_refused: 1 }],
    ['refuses in words', "I'm sorry, but I can't help with that.", { critic_refused: 1 }],
    ['is cut off', { text: 'It says', finish: 'length' }, { critic_truncated: 1 }],
    ['is cut off while thinking', '<think>It says', { critic_truncated: 1 }],
    ['says nothing', ' ', { critic_refused: 1 }],
    ['fails', { does: 'refuse', status: 400, message: 'no' }, { critic_failed: 1 }],
    ['finds nothing', 'Nothing to change.', { unchanged: 1 }],
  ])(
    'counts a critic that %s as that, asks no judge, and names whose author is not there',
    async (_, bad, reasons) => {
      workspace.write('rubric.yaml', rubricYaml('json'));
      const candidates = [
        { id: 'a', text: 'bad answer', model: 'critic-test' },
        { id: 'b', text: 'bad answer too', model: 'another-model' },
        { id: 'c', text: 'bad answer as well' },
        { id: 'd', text: null, model: 'critic-test' },
      ];
      workspace.writeJsonLines('items.jsonl', [{ id: 'i', prompt: 'How?', candidates }]);
      workspace.write('job.yaml', revisingJob('author'));
      behave = (prompt) => (prompt.startsWith('You examine') ? bad : undefined);
      const { code, out, err } = await workspace.quorate(['constitution', 'revise', 'job.yaml', '--json']);
      expect({ code, err }).toMatchObject({ code: 0 });
      expect(JSON.parse(out)).toMatchObject({
        responses: 1,
        accepted: 0,
        reasons,
        left_out: { no_critic: 2, no_text: 1 },
      });
      expect(fake.ledger.questions.every(({ prompt }) => prompt.startsWith('You examine'))).toBe(true);
      const again = await workspace.quorate(['constitution', 'revise', 'job.yaml']);
      expect(again.out).toMatch(/not criticised: 2 no critic, 1 no text\n.*critic: author needs candidates/);
    },
  );

  it('has responses revised, keeps what the judges prefer, and pays once', async () => {
    workspace.write('rubric.yaml', rubricYaml('json'));
    workspace.writeJsonLines('items.jsonl', [
      {
        id: 'i',
        prompt: 'How?',
        candidates: [
          { id: 'a', text: 'bad answer' },
          { id: 'b', text: 'fine answer' },
        ],
      },
    ]);
    workspace.write('job.yaml', revisingJob('critic'));
    behave = (prompt) => {
      if (prompt.startsWith('You examine'))
        return prompt.includes('bad answer') ? 'It is bad.' : 'Nothing to change.';
      return prompt.startsWith('You rewrite') ? 'good answer' : wise(prompt);
    };
    const { code, out } = await workspace.quorate(['constitution', 'revise', 'job.yaml', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      responses: 2,
      accepted: 1,
      reasons: { preferred: 1, unchanged: 1 },
    });
    const lines = (name: string) =>
      workspace
        .read(`out/${name}`)
        .trimEnd()
        .split('\n')
        .map((text) => JSON.parse(text));
    expect(lines('revisions.jsonl')[0]).toMatchObject({
      candidate: 'a',
      status: 'accepted',
      rounds: [{ outcome: 'revised', critique: 'It is bad.' }, { outcome: 'unchanged' }],
    });
    expect(lines('revisions.items.jsonl')).toMatchObject([
      {
        id: 'i/a',
        candidates: [{ id: 'a' }, { id: 'a~revised', text: 'good answer', model: 'critic-test' }],
      },
    ]);
    expect(lines('revisions.preferences.jsonl')).toMatchObject([
      { item: 'i/a', chosen: 'a~revised', rejected: 'a', basis: 'uncalibrated' },
    ]);
    for (const kind of ['sft', 'preference']) {
      const rows = ['--feedback', 'out/revisions.improvements.jsonl', '--kind', kind, '--out', kind];
      const exported = await workspace.quorate(['export', ...rows, '--min-probability', '0.5']);
      expect(exported).toMatchObject({ code: 0 });
      expect(workspace.read(`${kind}/train.jsonl`)).toContain('good answer');
    }
    const { answered } = fake.ledger.counts;
    await workspace.quorate(['constitution', 'revise', 'job.yaml']);
    expect(fake.ledger.counts.answered).toBe(answered);
  });
});
