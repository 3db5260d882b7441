import { afterAll, describe, expect, it } from 'vitest';
import type { Item } from '../../src/domain/item.ts';
import type { PairwiseVote } from '../../src/domain/vote.ts';
import { readItems } from '../../src/files/items.ts';
import { readVotes } from '../../src/files/votes.ts';
import type { ChatModel, ChatRequest } from '../../src/ports/chat-model.ts';
import { openModel } from '../../src/providers/index.ts';
import { verdictProbability } from '../../src/raters/llm/verdict/verdict-probability.ts';
import { localModel, localModelWanted } from '../support/local-model.ts';
import { sharedData, sharedDataPresent } from '../support/shared-data.ts';
import { rubricYaml, Workspace } from '../support/workspace.ts';

const count = 20;

interface Report {
  readonly preferences: Readonly<Record<string, number>>;
  readonly reconciliation: { readonly raters: readonly { readonly consistency: number }[] };
}

/** The shortest real items: what a model of 135 million parameters reads in reasonable time on one processor. */
async function shortItems(): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of readItems(sharedData('votes/llmbar.items.jsonl.gz'))) items.push(item);
  const length = (item: Item) => JSON.stringify([item.prompt, item.candidates]).length;
  return items.sort((a, b) => length(a) - length(b)).slice(0, count);
}

async function goldOf(items: readonly Item[]): Promise<ReadonlyMap<string, string>> {
  const wanted = new Set(items.map(({ id }) => id));
  const gold = new Map<string, string>();
  for await (const vote of readVotes(sharedData('votes/llmbar.labels.jsonl.gz'))) {
    if (wanted.has(vote.item) && vote.kind === 'pairwise') gold.set(vote.item, vote.preferred ?? '');
  }
  return gold;
}

describe.skipIf(!localModelWanted())('log-probabilities of a real model under a grammar', () => {
  const labels = ['A', 'B', 'tie'];
  const ask = (model: ChatModel, more: Partial<ChatRequest>) => {
    const schema = { name: 'verdict', json: schemaOf(labels) };
    const content =
      'Which is the capital of France? A: Paris. B: Berlin. Answer {"verdict": "A", "B" or "tie"}.';
    const request = { messages: [{ role: 'user' as const, content }], maxTokens: 32, schema, ...more };
    return model.complete(request, { signal: new AbortController().signal });
  };

  it('are of the labels alone, the same at every temperature, and only given where asked for', async () => {
    const spec = {
      provider: 'local',
      model: localModel.gguf,
      family: null,
      timeoutMs: 60_000,
      limits: {},
    } as const;
    const model = await openModel({ ...spec, price: null, structured: 'auto' }, localModel.env);
    try {
      const plain = await ask(model, { temperature: 0 });
      expect(plain).not.toHaveProperty('logprobs');
      const cold = await ask(model, { temperature: 0, topLogprobs: 5 });
      expect(cold.text).toBe(plain.text);
      expect(cold.logprobs!.map(({ token }) => token).join('')).toContain(cold.text);
      const said: string = JSON.parse(cold.text).verdict;
      const share = verdictProbability(cold.logprobs, said, labels)!;
      expect(share).toBeGreaterThan(1 / 3);
      expect(share).toBeLessThan(1);
      const listed = cold.logprobs!.find(({ token }) => token === said)!.top;
      expect(listed.map(({ token }) => token)).toEqual(expect.arrayContaining(['A', 'B']));
      expect(listed.every(({ token }) => labels.some((each) => each.startsWith(token.trim())))).toBe(true);
      // The same distribution, whatever is drawn from it, as far as the tokens before are the same.
      const warm = await ask(model, { temperature: 0.7, seed: 1, topLogprobs: 5 });
      const parted = warm.logprobs!.findIndex(({ token }, at) => token !== cold.logprobs![at]?.token);
      const together = warm.logprobs!.slice(0, parted < 0 ? undefined : parted + 1);
      for (const [at, { top }] of together.entries()) {
        const same = new Map(cold.logprobs![at]!.top.map(({ token, logprob }) => [token, Math.exp(logprob)]));
        for (const { token, logprob } of top) {
          expect(Math.exp(logprob)).toBeCloseTo(same.get(token) ?? 0, 2);
        }
      }
    } finally {
      await model.close?.();
    }
  }, 120_000);
});

function schemaOf(labels: readonly string[]) {
  const properties = { verdict: { type: 'string', enum: labels } };
  return { type: 'object', properties, required: ['verdict'], additionalProperties: false };
}

describe.skipIf(!localModelWanted() || !sharedDataPresent())('a real model of 135 million parameters', () => {
  const workspace = new Workspace();
  afterAll(() => workspace.remove());

  it(`judges ${count} real items in both orders, and the report says how poorly`, async () => {
    const items = await shortItems();
    const gold = await goldOf(items);
    workspace.writeJsonLines('items.jsonl', items);
    workspace.write('rubric.yaml', rubricYaml('json', 'ties: false\nreasoning: false'));
    workspace.write(
      'job.yaml',
      `items: items.jsonl\nrubric: rubric.yaml\nallocation: fixed\npanel:\n  - { id: smollm, provider: local, model: ${localModel.gguf}, max_tokens: 64, temperature: 0 }\n`,
    );
    const { code, err, out } = await workspace.quorate(['run', 'job.yaml', '--json'], {
      env: localModel.env,
    });
    expect(code).toBe(0);
    const votes = workspace.votes() as PairwiseVote[];
    expect(votes).toHaveLength(2 * count);
    expect(votes.every(({ outcome }) => outcome === 'verdict')).toBe(true);
    // Without ties and at temperature 0 it says what it finds likelier.
    expect(votes.every(({ probability = 0 }) => probability >= 0.5 && probability < 1)).toBe(true);
    expect(votes.every(({ provenance }) => provenance?.model_answered?.endsWith('.gguf'))).toBe(true);
    expect(err).toMatch(/smollm changes its verdict with the order in \d+ of \d+ questions/);
    const { preferences, reconciliation } = JSON.parse(out) as Report;
    expect(reconciliation.raters[0]?.consistency).toBeLessThanOrEqual(0.5);
    const right = votes.filter((vote) => vote.preferred === gold.get(vote.item)).length;
    expect(right).toBeGreaterThan(0.25 * votes.length);
    expect(right).toBeLessThan(0.75 * votes.length);
    expect(preferences.accepted ?? 0).toBeLessThanOrEqual(count / 4);
  }, 600_000);
});
