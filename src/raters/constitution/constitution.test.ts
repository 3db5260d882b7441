import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manners } from '../../../test/support/constitution-parts.ts';
import { sky, specOf, sum } from '../../../test/support/judge-parts.ts';
import type { Item } from '../../domain/item.ts';
import type { PairwiseVote } from '../../domain/vote.ts';
import { promptOf, type Script, scriptedContext } from '../../testing/scripted-model.ts';
import { ConstitutionRater, type ConstitutionRaterOptions } from './constitution-rater.ts';
import { drawPrinciples } from './draw-principles.ts';
import { softLabel } from './merge-samples.ts';
import { VetoRater } from './veto-rater.ts';

type Settings = ConstitutionRaterOptions['settings'];
const soft: Settings = { principlesPerPair: 1, samples: 1, labels: 'soft', temperature: 1, clamp: null };

function raterOf(settings: Partial<Settings> = {}, logprobs = false, judge = specOf()): ConstitutionRater {
  const capabilities = { structured: true, logprobs, seed: true };
  return new ConstitutionRater({
    constitution: manners,
    judge,
    capabilities,
    settings: { ...soft, ...settings },
    seed: 1,
  });
}

async function votesOf(rater: ConstitutionRater, item: Item, script: Script) {
  const context = scriptedContext(script);
  const votes = await rater.perform(rater.tasks(item)[0]!, item, context);
  return { votes: votes as readonly PairwiseVote[], asked: context.asked };
}

describe('a constitution as a rater', () => {
  it('asks the preference question of a drawn principle, in both orders, and names it in the vote', async () => {
    const { votes, asked } = await votesOf(raterOf(), sum, () => '{"reason":"r","verdict":"A"}');
    const principle = votes[0]!.provenance!.basis;
    expect(promptOf(asked[0]!.request)).toContain(`Which is more ${principle}?`);
    expect(votes.map(({ shown }) => shown)).toEqual([
      ['x', 'y'],
      ['y', 'x'],
    ]);
    expect(votes).toMatchObject([{ preferred: 'x', criterion: principle }, { preferred: 'y' }]);
  });

  it('draws the same principles for the same pair, more often those of more weight, only those that apply', () => {
    const first = Array.from(
      { length: 600 },
      (_, n) => drawPrinciples(manners.principles.slice(0, 3), 1, `${n}`)[0]!.id,
    );
    const kind = first.filter((id) => id === 'kind').length / first.length;
    expect(kind).toBeGreaterThan(0.5);
    expect(kind).toBeLessThan(0.7);
    const drawn = raterOf({ principlesPerPair: 9 })
      .tasks(sky)
      .map(({ id }) => id);
    expect(drawn.some((id) => id.endsWith(':tested'))).toBe(false);
    expect(
      raterOf({ principlesPerPair: 9 })
        .tasks(sum)
        .some(({ id }) => id.endsWith(':tested')),
    ).toBe(true);
  });

  it('takes the probability from the model where it has it, held in the range that was asked for', async () => {
    const script: Script = () => ({
      text: '{"verdict":"A"}',
      logprobs: [{ token: 'A', logprob: Math.log(0.99), top: [{ token: 'B', logprob: Math.log(0.01) }] }],
    });
    const free = await votesOf(raterOf({}, true), sum, script);
    expect(free.asked[0]!.request.topLogprobs).toBe(5);
    expect(free.votes[0]!.probability).toBeCloseTo(0.99);
    const held = await votesOf(raterOf({ clamp: [0.4, 0.6] }, true), sum, script);
    expect(held.votes[0]!.probability).toBe(0.6);
    const hard = await votesOf(raterOf({ labels: 'hard' }, true), sum, script);
    expect(hard.votes[0]!.probability).toBeUndefined();
  });

  it('offers no tie where the model reports probabilities: what a tie would take belongs to neither side', async () => {
    const top = [
      { token: 'tie', logprob: Math.log(0.4) },
      { token: 'B', logprob: Math.log(0.15) },
    ];
    const { votes, asked } = await votesOf(raterOf({}, true), sum, () => ({
      text: '{"verdict":"A"}',
      logprobs: [{ token: 'A', logprob: Math.log(0.45), top }],
    }));
    expect(promptOf(asked[0]!.request)).not.toContain('tie');
    expect(votes[0]).toMatchObject({ outcome: 'verdict', preferred: 'x' });
    expect(votes[0]!.probability).toBeCloseTo(0.75);
  });

  it('takes it from repeated samples where not, and is never certain', async () => {
    const { votes, asked } = await votesOf(raterOf({ samples: 4 }), sum, ({ sample }) =>
      sample === 3 ? '{"reason":"r","verdict":"B"}' : '{"reason":"r","verdict":"A"}',
    );
    expect(asked).toHaveLength(8);
    expect(votes[0]).toMatchObject({ preferred: 'x', provenance: { samples: 4 } });
    expect(votes[0]!.provenance).not.toHaveProperty('unread_samples');
    expect(votes[0]!.probability).toBeCloseTo(4 / 6);
    expect(votes[0]!.provenance!.replies).toHaveLength(4);
    const cut = await votesOf(raterOf({ samples: 4 }), sum, ({ sample }) =>
      sample === 3 ? { text: '{"rea', finish: 'length' } : '{"reason":"r","verdict":"A"}',
    );
    expect(cut.votes[0]).toMatchObject({ outcome: 'verdict', provenance: { samples: 4, unread_samples: 1 } });
    expect(cut.votes[0]!.probability).toBeCloseTo(4 / 5);
    const torn = await votesOf(
      raterOf({ samples: 2 }),
      sum,
      ({ sample }) => `{"verdict":"${sample === 0 ? 'A' : 'B'}"}`,
    );
    expect(torn.votes[0]!.outcome).toBe('tie');
  });

  it('draws samples, so that a judge at temperature 0 does not repeat itself into certainty', async () => {
    const cold = specOf({ temperature: 0 });
    const answer = () => '{"reason":"r","verdict":"A"}';
    const sampled = await votesOf(raterOf({ samples: 4 }, false, cold), sum, answer);
    expect(new Set(sampled.asked.map(({ request }) => request.temperature))).toEqual(new Set([0.7]));
    const single = await votesOf(raterOf({}, false, cold), sum, answer);
    expect(single.asked[0]!.request.temperature).toBe(0);
  });

  it('prices only what is drawn: with many candidates the work grows with the questions, and is done once', async () => {
    let reads = 0;
    const candidates = Array.from({ length: 16 }, (_, index) => ({
      id: `c${index}`,
      get text() {
        reads += 1;
        return `Answer ${index}.`;
      },
    }));
    const item = { ...sum, candidates };
    const rater = raterOf({ principlesPerPair: 2 });
    const tasks = rater.tasks(item);
    expect(tasks).toHaveLength(240);
    expect(reads).toBeLessThan(20 * tasks.length);
    reads = 0;
    rater.tasks(item);
    expect(reads).toBe(0);
  });

  it('vetoes a response that clearly breaks a principle with a veto, and no other', async () => {
    const rater = new VetoRater(manners, specOf(), { structured: true, logprobs: false, seed: false });
    const tasks = rater.tasks(sum);
    expect(tasks).toHaveLength(2);
    const breach = await rater.perform(
      tasks[0]!,
      sum,
      scriptedContext(() => '{"reason":"r","score":0}'),
    );
    expect(breach).toMatchObject([{ candidate: 'x', veto: true, criterion: 'safe' }]);
    const fine = await rater.perform(
      tasks[0]!,
      sum,
      scriptedContext(() => '{"reason":"r","score":1}'),
    );
    expect(fine[0]!.veto).toBeUndefined();
  });
});

describe('a soft label', () => {
  it('is never certain, at whatever temperature', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        (p, temperature) => {
          const label = softLabel(p, { temperature, clamp: null });
          expect(label).toBeGreaterThan(0);
          expect(label).toBeLessThan(1);
        },
      ),
    );
  });

  it('keeps its side, and is humbler at a higher temperature', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 1, max: 20, noNaN: true }),
        (p, temperature) => {
          const label = softLabel(p, { temperature, clamp: null });
          expect(Math.abs(label - 0.5)).toBeLessThanOrEqual(Math.abs(p - 0.5) + 1e-9);
          expect(softLabel(1 - p, { temperature, clamp: null })).toBeCloseTo(1 - label, 9);
          expect(softLabel(p, { temperature, clamp: [0.4, 0.6] })).toBeLessThanOrEqual(0.6);
        },
      ),
    );
  });
});
