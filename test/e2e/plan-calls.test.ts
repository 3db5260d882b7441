import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeProvider, startFakeProvider } from '../support/fake-provider.ts';
import { rubricYaml, Workspace } from '../support/workspace.ts';

const families = [
  ['gpt', 'gpt-test'],
  ['claude', 'claude-test'],
  ['llama', 'llama-test'],
] as const;

const items = Array.from({ length: 6 }, (_, index) => ({
  id: `i${index}`,
  prompt: `What is known of bridge ${index}?`,
  candidates: families.map(([family, model], place) => ({
    id: family,
    text: `Bridge ${index} has ${place + 2} towers. It was opened in 189${place}. It is made of steel.`,
    model,
  })),
  ...(index % 2 === 0 ? { reference: `Bridge ${index} has two towers.` } : {}),
  context: [`Bridge ${index} has two towers.`],
}));

describe('quorate plan', () => {
  let workspace: Workspace;
  let fake: FakeProvider;

  beforeEach(async () => {
    fake = await startFakeProvider({
      // no two answers are alike, as with real models: equal questions would be paid once
      behave: ({ prompt, schema, hash, model }) => {
        if (prompt.includes('You take a response apart')) {
          const claims = [1, 2, 3].map((sentence) => ({
            sentence,
            claim: `Claim ${hash} ${sentence} holds.`,
          }));
          return JSON.stringify({ claims });
        }
        if (prompt.includes('You check claims')) return '{"judgements":[]}';
        const properties = schema?.properties ?? {};
        if ('verdict' in properties) return JSON.stringify({ reason: model, verdict: 'A' });
        return 'score' in properties ? '{"reason":"r","score":1}' : `- What ${model} thinks of.`;
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

  const job = (more: readonly string[]) => {
    const panel = families.map(
      ([id, model]) =>
        `  - { id: ${id}, provider: openai, model: ${model}, base_url: "${fake.openAiUrl}", key_env: FAKE_KEY }`,
    );
    return [
      'items: items.jsonl',
      'rubric: rubric.yaml',
      'allocation: fixed',
      ...more,
      'panel:',
      ...panel,
      '',
    ];
  };

  const ways: Readonly<Record<string, string>> = {
    peers: 'peers: true',
    verify: 'verify: gpt',
    debate: 'debate: true',
    prepare: 'prepare: { criteria_by: gpt, reference_by: claude }',
    constitution: 'constitution: { files: harmlessness, judges: [llama], samples: 3 }',
    facts: 'facts: { judge: claude }',
  };
  const settings = [
    ...Object.keys(ways).map((way) => [way]),
    ['verify', 'debate', 'prepare'],
    Object.keys(ways),
  ];

  it.each(settings.map((each) => [each.join(', '), each] as const))(
    'states the calls that a run then makes: %s',
    async (_name, chosen) => {
      workspace.write('job.yaml', job(chosen.map((way) => ways[way]!)).join('\n'));
      const plan = JSON.parse((await workspace.quorate(['plan', 'job.yaml', '--json'])).out);
      const planned = plan.raters.reduce((sum: number, { calls }: { calls: number }) => sum + calls, 0);
      const { code, err } = await workspace.quorate(['run', 'job.yaml']);
      expect({ code, err }).toMatchObject({ code: 0 });
      expect(fake.ledger.counts).toMatchObject({ answered: planned, repeated: 0 });
      const again = JSON.parse((await workspace.quorate(['plan', 'job.yaml', '--json'])).out);
      expect(again.raters.every(({ calls }: { calls: number }) => calls === 0)).toBe(true);
      const report = JSON.parse(workspace.read('out/report.json'));
      const counted = report.raters.reduce((sum: number, { calls }: { calls: number }) => sum + calls, 0);
      expect(counted).toBe(planned);
    },
  );
});
