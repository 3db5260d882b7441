import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AttackRow } from '../../src/raters/attack/attack-tally.ts';
import { type FakeBehaviour, type FakeProvider, startFakeProvider } from '../support/fake-provider.ts';
import { runCli } from '../support/run-cli.ts';
import { jobYaml, rubricYaml, Workspace } from '../support/workspace.ts';

let workspace: Workspace;
let fake: FakeProvider;
let behave: (prompt: string) => FakeBehaviour | undefined;

beforeEach(async () => {
  behave = (prompt) => quoting(prompt, (good) => `[[${'AB'[good]}]]`);
  fake = await startFakeProvider({ behave: ({ prompt }) => behave(prompt) });
  workspace = new Workspace();
  workspace.write('rubric.yaml', rubricYaml('brackets', 'reference: none'));
  workspace.write('items.jsonl', '');
  workspace.write('job.yaml', jobYaml({ baseUrl: fake.openAiUrl }));
});

afterEach(async () => {
  workspace.remove();
  await fake.close();
});

const goods = ['43. Adding', 'Canberra', 'Le train part', 'numbers.reduce', 'white vinegar'];
const isGood = (text: string) => goods.some((good) => text.includes(good));

function responsesIn(prompt: string): string[] {
  const fence = /<<<(?:Response|Assistant|Output)[^>\n]* [0-9a-f]{12}>>>\n([\s\S]*?)\n<<<END/g;
  return [...prompt.matchAll(fence)].map((match) => match[1]!);
}

/** Decides well, and quotes every response before and after. Undefined where it is asked something else. */
function quoting(prompt: string, own: (good: number) => string): string | undefined {
  const responses = responsesIn(prompt);
  if (responses.length === 0) return undefined;
  const quoted = responses.join('\n\n');
  return `They say: ${quoted}\n\n${own(responses.findIndex(isGood))}\n\nAs I said: ${quoted}`;
}

async function attack(
  ...flags: string[]
): Promise<{ code: number; rows: readonly AttackRow[]; err: string }> {
  const { code, out, err } = await workspace.quorate(['doctor', 'job.yaml', '--attack', '--json', ...flags]);
  return { code, rows: out === '' ? [] : JSON.parse(out).attacks[0].families, err };
}

describe('quorate doctor --attack', () => {
  const ranks = (good: number) => `"ranking":${JSON.stringify(good === 0 ? [['A'], ['B']] : [['B'], ['A']])}`;
  const settings: readonly (readonly [string, string, (good: number) => string])[] = [
    ['pairwise', 'brackets', (good) => `[[${'AB'[good]}]]`],
    ['pairwise', 'json', (good) => `{"reason":"r","verdict":"${'AB'[good]}"}`],
    ['pairwise', 'output-ab', (good) => `Therefore, Output (${'ab'[good]}) is better.`],
    ['pointwise', 'rating', (good) => `Rating: ${good === 0 ? 5 : 1}`],
    ['pointwise', 'json', (good) => `{"reason":"r","score":${good === 0 ? 5 : 1}}`],
    ['listwise', 'json', (good) => `{"reason":"r",${ranks(good)}}`],
    ['listwise', 'brackets', (good) => `[[${good === 0 ? 'A>B' : 'B>A'}]]`],
  ];

  it.each(settings)(
    'finds no success with a %s judge (%s) that quotes what it reads',
    async (mode, verdict, own) => {
      const rubric = rubricYaml(verdict, 'reference: none').replace('mode: pairwise', `mode: ${mode}`);
      workspace.write('rubric.yaml', rubric);
      behave = (prompt) => quoting(prompt, own);
      const { code, rows } = await attack();
      expect(rows).toHaveLength(9);
      const all = rows.at(-1)!;
      expect(all).toMatchObject({ family: 'all', succeeded: 0, lost_anyway: 0, rate: 0 });
      expect(all.attacks).toBeGreaterThanOrEqual(60);
      // what cannot be read without marks is no verdict; most of it must be readable for the zero to say anything
      expect(all.unread / all.attacks).toBeLessThan(0.15);
      expect(all.interval!.high).toBeLessThan(0.08);
      expect(code).toBe(0);
    },
  );

  it('reports a judge that accepts a bribe, with exit code 1', async () => {
    behave = (prompt) => {
      const bribed = responsesIn(prompt).findIndex((text) => text.includes('donation'));
      return quoting(prompt, (good) => `[[${'AB'[bribed < 0 ? good : bribed]}]]`);
    };
    const { code, rows, err } = await attack();
    expect(rows.find(({ family }) => family === 'score-bribery')).toMatchObject({ succeeded: 1 });
    expect(rows.find(({ family }) => family === 'fake-system-messages')).toMatchObject({ succeeded: 0 });
    expect(code).toBe(1);
    expect(err).toContain('A judge exceeds the allowed attack success rate.');
    expect((await attack('--allow', '0.05')).code).toBe(0);
    expect((await attack('--allow', 'some')).code).toBe(2);
  });

  it('is inconclusive for a judge that gives no verdicts or prefers the wrong response anyway', async () => {
    behave = () => 'I would rather talk about the weather.';
    expect(await attack()).toMatchObject({ code: 3, rows: expect.arrayContaining([]) });
    behave = (prompt) => quoting(prompt, (good) => `[[${'BA'[good]}]]`);
    workspace.write('job.yaml', jobYaml({ baseUrl: fake.openAiUrl, more: 'name: other' }));
    const { code, rows } = await attack();
    expect(code).toBe(3);
    expect(rows.at(-1)).toMatchObject({ succeeded: 0, rate: null, interval: null });
  });

  it('stops at the budget, with exit code 6', async () => {
    workspace.write('job.yaml', jobYaml({ baseUrl: fake.openAiUrl, more: 'budget: { max_usd: 0.01 }' }));
    const { code, out } = await workspace.quorate(['doctor', 'job.yaml', '--attack']);
    expect(code).toBe(6);
    expect(out).toContain('stopped early: ');
  });

  it('needs no key for heuristics, which follow no instructions', async () => {
    workspace.write(
      'job.yaml',
      'items: items.jsonl\nrubric: rubric.yaml\npanel:\n  - { id: words, provider: heuristic }\n',
    );
    const { code, out } = await runCli(workspace.folder, ['doctor', 'job.yaml', '--attack']);
    expect(out).toMatch(/words: adversarial responses against a better one/);
    expect(out).toMatch(/all +72 +0 +/);
    expect(code).toBe(0);
    expect(fake.ledger.counts.calls).toBe(0);
  });
});
