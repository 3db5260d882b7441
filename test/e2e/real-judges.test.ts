import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Item } from '../../src/domain/item.ts';
import type { PairwiseVote } from '../../src/domain/vote.ts';
import { readItems } from '../../src/files/items.ts';
import { readRecords } from '../../src/files/read-records.ts';
import { type FakeProvider, startFakeProvider } from '../support/fake-provider.ts';
import type { FakeQuestion } from '../support/fake-reply.ts';
import { sharedData, sharedDataPresent } from '../support/shared-data.ts';
import { rubricYaml, Workspace } from '../support/workspace.ts';

/** A reply of a real judge, and what its source read in it. */
interface RecordedAnswer {
  readonly text: string;
  readonly shown: 'first' | 'second' | 'tie' | 'invalid';
}

interface Setting {
  readonly set: string;
  readonly provider: 'openai' | 'anthropic';
  readonly verdict: string;
  readonly judges: readonly string[];
  /** `item judge order`: where the vote differs from the source's reading of a readable reply. */
  readonly differences: readonly string[];
}

const noReply = 'Nothing was recorded for this question.';

/**
 * Real prompts and responses go through the program over HTTP, and the server answers with what real judges replied
 * to them. PaLM2's recorded pattern misreads its replies (test/verdict/source-disagreements.json), so it is not here.
 */
const settings: readonly Setting[] = [
  {
    set: 'llmbar',
    provider: 'openai',
    verdict: 'output-ab',
    judges: ['ChatGPT/CoT', 'ChatGPT/Vanilla', 'GPT-4/CoT', 'LLaMA2/CoT'],
    differences: [],
  },
  {
    set: 'judgebench-claude',
    provider: 'anthropic',
    verdict: 'arena-hard',
    judges: ['arena_hard/claude-3-haiku-20240307', 'arena_hard/openrouter_z-ai_glm-4.7'],
    differences: [],
  },
];

describe.skipIf(!sharedDataPresent()).each(settings)('real replies on $set over $provider', (setting) => {
  const workspace = new Workspace();
  let fake: FakeProvider;
  let answers: ReadonlyMap<string, RecordedAnswer>;
  let items: readonly Item[];

  beforeAll(async () => {
    answers = await recordedAnswers(setting.set);
    items = await itemsOf(setting.set);
    const recognition = new Recognition(items);
    fake = await startFakeProvider({
      behave: (question) => answers.get(recognition.nameOf(question))?.text ?? noReply,
    });
  });

  afterAll(async () => {
    workspace.remove();
    await fake.close();
  });

  it('become the votes that their sources read in them', async () => {
    const { set, provider, verdict, judges } = setting;
    workspace.write('rubric.yaml', rubricYaml(verdict, `ties: ${verdict === 'arena-hard'}`));
    const baseUrl = provider === 'openai' ? fake.openAiUrl : fake.anthropicUrl;
    const panel = judges.map(
      (judge) =>
        `  - { id: ${judge}, provider: ${provider}, model: ${judge}, base_url: "${baseUrl}", key_env: FAKE_KEY }`,
    );
    const file = sharedData(`votes/${set}.items.jsonl.gz`);
    workspace.write(
      'job.yaml',
      `items: ${file}\nrubric: rubric.yaml\nallocation: fixed\nconcurrency: 64\npanel:\n${panel.join('\n')}\n`,
    );
    const { code, err } = await workspace.quorate(['run', 'job.yaml']);
    expect(err).toMatch(/calls made/);
    expect(code).toBe(0);

    let readable = 0;
    let verdicts = 0;
    const differences: string[] = [];
    for (const vote of workspace.votes() as PairwiseVote[]) {
      const order = vote.provenance?.order === 'forward' ? 'AB' : 'BA';
      const name = `${vote.item} ${vote.rater} ${order}`;
      const answer = answers.get(name);
      if (answer === undefined) {
        expect(vote.outcome, name).toBe('abstain');
        continue;
      }
      if (vote.outcome === 'verdict' || vote.outcome === 'tie') verdicts += 1;
      if (answer.shown === 'invalid') continue;
      readable += 1;
      if (readingOf(vote) !== answer.shown) differences.push(name);
    }
    expect(workspace.votes()).toHaveLength(items.length * judges.length * 2);
    expect(readable).toBeGreaterThan(100);
    expect(verdicts).toBeGreaterThanOrEqual(readable - differences.length);
    expect(differences).toEqual(setting.differences);
    expect(1 - differences.length / readable).toBeGreaterThanOrEqual(0.995);
  }, 120_000);
});

function readingOf(vote: PairwiseVote): string {
  if (vote.outcome !== 'verdict') return vote.outcome;
  return vote.preferred === vote.shown[0] ? 'first' : 'second';
}

async function recordedAnswers(set: string): Promise<ReadonlyMap<string, RecordedAnswer>> {
  const answers = new Map<string, RecordedAnswer>();
  for await (const { record } of readRecords(sharedData('text/raw-judge-outputs.jsonl.gz'))) {
    const row = record as Readonly<Record<'ds' | 'id' | 'j' | 'o' | 'text' | 'shown', string>>;
    if (row.ds !== set) continue;
    const shown = row.shown as RecordedAnswer['shown'];
    answers.set(`${row.id} ${row.j} ${row.o}`, { text: row.text ?? '', shown });
  }
  return answers;
}

async function itemsOf(set: string): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of readItems(sharedData(`votes/${set}.items.jsonl.gz`))) items.push(item);
  return items;
}

/** Finds a question's item and order by its fenced texts, whatever else the prompt says. */
class Recognition {
  readonly #places = new Map<string, string>();

  constructor(items: readonly Item[]) {
    for (const { id, prompt, candidates } of items) {
      const [a, b] = candidates.map(({ text }) => text ?? '');
      this.#places.set(keyOf([String(prompt), a!, b!]), `${id} AB`);
      this.#places.set(keyOf([String(prompt), b!, a!]), `${id} BA`);
    }
  }

  /** `item judge order`. */
  nameOf({ prompt, model }: FakeQuestion): string {
    const blocks = [...prompt.matchAll(/<<<([^>]*) ([0-9a-f]{12})>>>\n([\s\S]*?)\n<<<END \1 \2>>>/g)];
    const place = this.#places.get(keyOf(blocks.map((block) => block[3]!)));
    if (place === undefined) throw new Error(`no item is in this question: ${prompt.slice(-300)}`);
    const [id, order] = place.split(' ');
    return `${id} ${model} ${order}`;
  }
}

/** Letters and digits only: what is spaced out in a prompt, so that it is no verdict, is the same text still. */
function keyOf(texts: readonly string[]): string {
  return JSON.stringify(texts.map((text) => text.replace(/[^\p{L}\p{N}]+/gu, '')));
}
