import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Item } from '../src/domain/item.ts';
import type { Vote } from '../src/domain/vote.ts';
import { adaptiveAllocation } from '../src/engine/allocation/adaptive.ts';
import { BestByLabels } from '../src/engine/allocation/best-by-labels.ts';
import { fixedAllocation } from '../src/engine/allocation/fixed.ts';
import { VoteLedger } from '../src/engine/allocation/vote-ledger.ts';
import { creditOf, scoreSimulation } from '../src/engine/simulate/score-simulation.ts';
import { simulate } from '../src/engine/simulate/simulate.ts';
import { hashText } from '../src/files/content-hash.ts';
import { readItems } from '../src/files/items.ts';
import { readVotes } from '../src/files/votes.ts';
import { reconcile } from '../src/reconcile/reconcile.ts';
import { raceScores } from './allocation-race-support.ts';

const folder = fileURLToPath(new URL('../../../shared/data/votes/', import.meta.url));
const vanilla = ['GPT-4', 'ChatGPT', 'LLaMA2', 'PaLM2', 'Falcon'].map((model) => `${model}/Vanilla`);
const budgets = [0.01, 0.016, 0.025];

interface RecordedSet {
  readonly votes: Vote[];
  readonly items: Item[];
  readonly labels: BestByLabels;
}

/** Adaptive allocation on recorded votes: accuracy for money, and calls saved on pairwise panels. No LLM takes part. */
export async function main({ quick = false }: { quick?: boolean }): Promise<void> {
  if (!existsSync(folder)) {
    console.log('the recorded votes are not here (../shared/data); nothing measured');
    return;
  }
  await measureScores(quick);
  await measurePairs(quick);
}

async function measureScores(quick: boolean): Promise<void> {
  const set = await load('rb2', (rater) => rater.endsWith('/criteria'));
  const seeds = quick ? [0] : [0, 1, 2];
  console.log('RewardBench 2, four raters with criteria, accuracy % with ties split (dollars an item)\n');
  console.log(
    '| mean dollars, at most | samples as recorded | samples rotated | 5 cluster folds alone | crude race, recorded / rotated |',
  );
  console.log('|---|---|---|---|---|');
  for (const usd of budgets) {
    const recorded = seeds.map((seed) => score(set, set.votes, usd, seed));
    const rotated = seeds.map((seed) => score(set, rotate(set.votes, seed + 1), usd, 0));
    const folds = quick ? [] : [0, 1, 2, 3, 4].map((fold) => score(foldOf(set, fold), set.votes, usd, 0));
    const races = [set.votes, rotate(set.votes, 1)].map((votes) =>
      raceScores(votes, set.labels, usd).toFixed(1),
    );
    console.log(
      `| ${usd} | ${cells(recorded)} | ${cells(rotated)} | ${cells(folds)} | ${races.join(' / ')} |`,
    );
  }
}

async function measurePairs(quick: boolean): Promise<void> {
  const seeds = quick ? [0] : [0, 1, 2, 3, 4, 5, 6, 7];
  console.log(
    '\nPairs, a unit a call: accuracy %, mean of',
    seeds.length,
    'orders of the items (lowest to highest)\n',
  );
  console.log('| panel | reconcile on all votes | all calls | at most 60 % of the calls | at most 50 % |');
  console.log('|---|---|---|---|---|');
  for (const [name, includes] of [
    ['llmbar', (rater: string) => vanilla.includes(rater)],
    ['judgebench-claude', () => true],
    ['judgebench-gpt', () => true],
  ] as const) {
    const set = await load(name, includes);
    const { preferences } = await reconcile({ votes: set.votes, items: set.items });
    const credits = preferences.map(({ item, chosen, rejected, probability }) =>
      creditOf(probability === 0.5 ? [chosen, rejected] : [chosen], set.labels.best(item)),
    );
    const all = credits.reduce((sum, credit) => sum + credit, 0) / credits.length;
    const ledger = new VoteLedger(set.votes, () => 1);
    const calls = scoreSimulation(
      simulate({ ledger, items: set.items, allocation: fixedAllocation(), seed: 0 }),
      null,
    ).calls_per_item;
    const shares = [0.6, 0.5].map((share) =>
      cells(seeds.map((seed) => score(set, set.votes, share * calls, seed))),
    );
    console.log(`| ${name} | ${(100 * all).toFixed(1)} | ${calls.toFixed(1)} | ${shares.join(' | ')} |`);
  }
}

interface Measured {
  readonly accuracy: number;
  readonly usd: number;
}

function score(set: RecordedSet, votes: readonly Vote[], usdPerItem: number, seed: number): Measured {
  const ledger = new VoteLedger(votes, () => 1);
  const allocation = adaptiveAllocation({ usdPerItem, items: set.items.length, keepReadings: true });
  const outcomes = simulate({ ledger, items: set.items, allocation, seed, usdPerItem });
  const { accuracy, usd_per_item } = scoreSimulation(outcomes, set.labels);
  return { accuracy: accuracy!, usd: usd_per_item! };
}

function cells(measured: readonly Measured[]): string {
  if (measured.length === 0) return '-';
  const accuracies = measured.map(({ accuracy }) => 100 * accuracy);
  const mean = accuracies.reduce((sum, value) => sum + value, 0) / accuracies.length;
  const range = `${Math.min(...accuracies).toFixed(1)} to ${Math.max(...accuracies).toFixed(1)}`;
  return `${mean.toFixed(1)} (${range}) at most ${Math.max(...measured.map(({ usd }) => usd)).toFixed(5)}`;
}

/** Another of the eight recorded samples comes first: how much of a number is luck of the draw? */
function rotate(votes: readonly Vote[], by: number): Vote[] {
  return votes.map((vote) => ({ ...vote, sample: ((vote.sample ?? 0) * 3 + by) % 8 }));
}

function foldOf(set: RecordedSet, fold: number): RecordedSet {
  const foldOfCluster = (item: Item) =>
    Number.parseInt(hashText(item.cluster ?? item.id).slice(0, 8), 16) % 5;
  return { ...set, items: set.items.filter((item) => foldOfCluster(item) === fold) };
}

async function load(name: string, includes: (rater: string) => boolean): Promise<RecordedSet> {
  const file = (kind: string) => `${folder}${name}.${kind}.jsonl.gz`;
  const set: RecordedSet = { votes: [], items: [], labels: new BestByLabels() };
  for await (const vote of readVotes(file('votes'))) if (includes(vote.rater)) set.votes.push(vote);
  for await (const item of readItems(file('items'))) set.items.push(item);
  for await (const label of readVotes(file('labels'))) set.labels.add(label);
  return set;
}
