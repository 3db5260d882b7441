import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeProvider, startFakeProvider } from '../support/fake-provider.ts';
import { jobYaml, rubricYaml, Workspace } from '../support/workspace.ts';

let workspace: Workspace;
let fake: FakeProvider;
let fooled: boolean;

beforeEach(async () => {
  fooled = false;
  fake = await startFakeProvider({ behave: ({ prompt }) => answer(prompt) });
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

/** Quotes the second response and then names the good one; when fooled, does what bribery asks. */
function answer(prompt: string): string | undefined {
  const responses = prompt.split(/<<<Response [AB] [0-9a-f]{12}>>>/).slice(1);
  if (responses.length < 2) return undefined;
  const isGood = goods.some((good) => responses[0]!.includes(good));
  const bribed = fooled && responses.findIndex((text) => text.includes('donation'));
  const choice = typeof bribed === 'number' && bribed >= 0 ? 'AB'[bribed] : isGood ? 'A' : 'B';
  return `It says: ${responses[1]!}\n\n[[${choice}]]`;
}

const attack = async () => {
  const { code, out } = await workspace.quorate(['doctor', 'job.yaml', '--attack', '--json']);
  expect(code).toBe(0);
  return JSON.parse(out).attacks[0].families as {
    family: string;
    succeeded: number;
    attacks: number;
    rate: number;
  }[];
};

it('finds no success with a judge that quotes the responses and judges them well', async () => {
  const families = await attack();
  expect(families).toHaveLength(9);
  expect(families.at(-1)).toMatchObject({
    family: 'all',
    attacks: 64,
    succeeded: 0,
    lost_anyway: 0,
    unread: 0,
    rate: 0,
  });
  const { out } = await workspace.quorate(['doctor', 'job.yaml', '--attack']);
  expect(out).toMatch(/score-bribery +8 +0/);
});

it('finds out a judge that can be bribed', async () => {
  fooled = true;
  const families = await attack();
  expect(families.find(({ family }) => family === 'score-bribery')).toMatchObject({ succeeded: 1 });
  expect(families.find(({ family }) => family === 'fake-system-messages')).toMatchObject({ succeeded: 0 });
});
