import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadJob } from '../src/config/job/load-job.ts';
import { shippedFolder } from '../src/config/yaml/shipped-files.ts';
import type { Item } from '../src/domain/item.ts';
import type { PairwiseVote } from '../src/domain/vote.ts';
import { readItems } from '../src/files/items.ts';
import { readVotes } from '../src/files/votes.ts';
import { scoreResponse } from '../src/providers/heuristic/score-response.ts';
import { tempFolder } from './support/temp-folder.ts';

const folder = join(shippedFolder('examples'), 'quickstart');
const items = new Map<string, Item>();
for await (const item of readItems(join(folder, 'items.jsonl'))) items.set(item.id, item);
const labels: PairwiseVote[] = [];
for await (const vote of readVotes(join(folder, 'labels.jsonl')))
  if (vote.kind === 'pairwise') labels.push(vote);

describe('the quickstart', () => {
  test('has at least 60 items of several categories, with 2 to 4 candidates', () => {
    expect(items.size).toBeGreaterThanOrEqual(60);
    expect(new Set([...items.values()].map((item) => item.category)).size).toBeGreaterThanOrEqual(6);
    expect(new Set([...items.values()].map((item) => item.candidates.length))).toEqual(new Set([2, 3, 4]));
  });

  test('has gold labels for half of the items, on candidates that exist', () => {
    expect(new Set(labels.map((label) => label.item)).size).toBe(items.size / 2);
    for (const label of labels) {
      const ids = items.get(label.item)!.candidates.map((candidate) => candidate.id);
      expect(ids).toEqual(expect.arrayContaining([...label.shown]));
    }
  });

  test('loads, with judges that are left out when their key or server is missing', async () => {
    const copy = tempFolder();
    cpSync(folder, copy, { recursive: true });
    // stands for what `quorate facts index` makes there
    mkdirSync(join(copy, '.quorate'), { recursive: true });
    writeFileSync(join(copy, '.quorate/corpus.db'), '');
    const job = await loadJob(join(copy, 'job.yaml'), {});
    const always = job.panel.filter((judge) => !judge.optional);
    expect(always.map((judge) => judge.provider)).toEqual(['heuristic', 'heuristic', 'heuristic']);
    expect(job.panel.find((judge) => judge.id === 'ollama')!.model).toBe('llama3.2');
  });

  test('is neither trivial nor hopeless for the heuristic rater', () => {
    const verdicts = labels.filter((label) => label.outcome === 'verdict');
    const right = verdicts.filter((label) => {
      const item = items.get(label.item)!;
      const [first, second] = label.shown.map((id) => {
        const text = item.candidates.find((candidate) => candidate.id === id)!.text!;
        return scoreResponse('features', item, text)!.score;
      });
      return first! > second! === (label.preferred === label.shown[0]);
    });
    const accuracy = right.length / verdicts.length;
    expect(accuracy).toBeGreaterThan(0.6);
    expect(accuracy).toBeLessThan(0.95);
  });
});
