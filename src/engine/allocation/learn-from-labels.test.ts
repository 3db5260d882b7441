import { describe, expect, it } from 'vitest';
import { syntheticVotes } from '../../../test/support/synthetic-votes.ts';
import type { PairwiseVote, Vote } from '../../domain/vote.ts';
import { seededRandom } from '../../stats/random.ts';
import { scoreSimulation } from '../simulate/score-simulation.ts';
import { simulate } from '../simulate/simulate.ts';
import { adaptiveAllocation } from './adaptive.ts';
import { BestByLabels } from './best-by-labels.ts';
import { cascadeAllocation } from './cascade.ts';
import { crossFit } from './cross-fit.ts';
import { fixedAllocation } from './fixed.ts';
import { labelledItems, learnFromLabels } from './learn-from-labels.ts';
import { VoteLedger } from './vote-ledger.ts';

/** Two judges of pairs that are as sure of themselves: one is mostly right, one is fooled by what is adversarial. */
function fooledPanel(count: number) {
  const random = seededRandom('fooled');
  const items = Array.from({ length: count }, (_, i) => ({
    id: `q${i}`,
    prompt: null,
    category: i % 2 === 0 ? 'adversarial' : 'natural',
    candidates: ['a', 'b'].map((id) => ({ id, text: null })),
  }));
  const votes: Vote[] = [];
  const labels: Vote[] = [];
  for (const { id: item, category } of items) {
    const best = random() < 0.5 ? 'a' : 'b';
    const rightOf = { sound: 0.75, fooled: category === 'adversarial' ? 0.1 : 0.9, coin: 0.5 };
    for (const [rater, chance] of Object.entries(rightOf)) {
      const preferred = random() < chance ? best : best === 'a' ? 'b' : 'a';
      for (const shown of [['a', 'b'] as const, ['b', 'a'] as const]) {
        const vote: PairwiseVote = {
          item,
          rater,
          rater_kind: 'llm',
          kind: 'pairwise',
          shown,
          outcome: 'verdict',
          preferred,
        };
        votes.push(vote);
      }
    }
    labels.push({
      item,
      rater: 'gold',
      rater_kind: 'gold',
      kind: 'pairwise',
      shown: ['a', 'b'],
      outcome: 'verdict',
      preferred: best,
    });
  }
  return { items, votes, labels };
}

function bestBy(labels: readonly Vote[]): BestByLabels {
  const best = new BestByLabels();
  for (const label of labels) best.add(label);
  return best;
}

describe('learnFromLabels', () => {
  const { items, votes, labels } = fooledPanel(240);
  const gold = bestBy(labels);

  it('trusts accurate raters, inverts misled ones where they are misled, and ignores random ones', () => {
    const learnt = learnFromLabels(
      labelledItems(bestBy(labels.slice(0, 160)), new VoteLedger(votes, () => 1), items),
    )!;
    const of = (rater: string) => learnt.raters.get(rater)!;
    expect(learnt.items).toBe(160);
    expect(of('fooled').trustIn.get('adversarial')).toBeLessThan(-0.3);
    expect(of('fooled').trustIn.get('natural')).toBeGreaterThan(0.3);
    expect(of('sound').trust).toBeGreaterThan(0.2);
    expect(Math.abs(of('coin').trust)).toBeLessThan(of('sound').trust);
  });

  it('returns null for fewer than twenty items, and skips items that the labels tie', () => {
    const ledger = new VoteLedger(votes, () => 1);
    expect(learnFromLabels(labelledItems(bestBy(labels.slice(0, 19)), ledger, items))).toBeNull();
    const level: Vote[] = labels.map(({ item, rater, rater_kind }) => ({
      item,
      rater,
      rater_kind,
      kind: 'pairwise',
      shown: ['a', 'b'],
      outcome: 'tie',
    }));
    expect(labelledItems(bestBy(level), ledger, items)).toEqual([]);
  });

  it.each([
    ['adaptive', adaptiveAllocation],
    ['cascade', cascadeAllocation],
    ['fixed', fixedAllocation],
  ] as const)('makes the %s plan right where votes alone mislead it', (_name, allocation) => {
    const ledger = new VoteLedger(votes, () => 1);
    const labelled = crossFit(labelledItems(gold, ledger, items), 0);
    const play = (more: object) =>
      scoreSimulation(
        simulate({
          ledger,
          items,
          allocation: allocation({ usdPerItem: 6, keepReadings: true, ...more }),
          seed: 0,
          usdPerItem: 6,
        }),
        gold,
      ).accuracy!;
    expect(play({ labelled })).toBeGreaterThan(play({}) + 0.1);
    expect(play({ labelled })).toBeGreaterThan(0.85);
  });

  it('never uses the label of an item for that item', () => {
    const ledger = new VoteLedger(votes, () => 1);
    const posteriors = (given: readonly Vote[]) => crossFit(labelledItems(bestBy(given), ledger, items), 0);
    const turned = labels.map((label, i) =>
      i === 7
        ? ({ ...label, preferred: (label as PairwiseVote).preferred === 'a' ? 'b' : 'a' } as Vote)
        : label,
    );
    const [asLabelled, asTurned] = [posteriors(labels), posteriors(turned)];
    expect(asTurned(items[7]!)).toEqual(asLabelled(items[7]!));
    expect(items.filter((item) => !same(asTurned(item), asLabelled(item))).length).toBeGreaterThan(100);
  });
});

describe('cascadeAllocation with a budget', () => {
  it('escalates as far as the budget allows, and no further', () => {
    const { votes, best } = syntheticVotes(120, 3);
    const ledger = new VoteLedger(votes);
    const play = (usdPerItem: number) => {
      const allocation = cascadeAllocation({ usdPerItem, items: 120, keepReadings: true });
      const lines = simulate({ ledger, items: ledger.items(), allocation, seed: 1, usdPerItem });
      const usd = lines.reduce((sum, line) => sum + line.usd!, 0) / lines.length;
      const right = lines.filter((line) => line.best.length === 1 && line.best[0] === best.get(line.item));
      return { usd, accuracy: right.length / lines.length };
    };
    const [little, more] = [play(0.008), play(0.03)];
    for (const [played, limit] of [
      [little, 0.008],
      [more, 0.03],
    ] as const) {
      expect(played.usd).toBeLessThanOrEqual(limit + 1e-9);
      expect(played.usd).toBeGreaterThan(0.7 * limit);
    }
    expect(more.accuracy).toBeGreaterThan(little.accuracy);
  });
});

function same(one: unknown, other: unknown): boolean {
  const flat = (value: unknown) =>
    JSON.stringify(value, (_key, part) => (part instanceof Map ? [...part] : part));
  return flat(one) === flat(other);
}
