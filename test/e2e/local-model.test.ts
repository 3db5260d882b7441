import { afterAll, describe, expect, it } from 'vitest';
import type { Item } from '../../src/domain/item.ts';
import type { PairwiseVote } from '../../src/domain/vote.ts';
import { readItems } from '../../src/files/items.ts';
import { readVotes } from '../../src/files/votes.ts';
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
    expect(votes.every(({ provenance }) => provenance?.model_answered?.endsWith('.gguf'))).toBe(true);
    expect(err).toMatch(/smollm changes its verdict with the order in \d+% of its pairs/);
    const { preferences, reconciliation } = JSON.parse(out) as Report;
    expect(reconciliation.raters[0]?.consistency).toBeLessThanOrEqual(0.5);
    const right = votes.filter((vote) => vote.preferred === gold.get(vote.item)).length;
    expect(right).toBeGreaterThan(0.25 * votes.length);
    expect(right).toBeLessThan(0.75 * votes.length);
    expect(preferences.accepted ?? 0).toBeLessThanOrEqual(count / 4);
  }, 600_000);
});
