import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom, shuffled } from '../random.ts';
import { fitDawidSkene } from '../rater-models/dawid-skene.ts';
import { fitGlad } from '../rater-models/glad.ts';
import { fitMace } from '../rater-models/mace.ts';
import { fitOneCoin } from '../rater-models/one-coin.ts';
import { indexResponses, type NamedResponses } from '../rater-models/responses.ts';

fc.configureGlobal({ seed: 20261123 });

type Answer = [rater: string, task: string, label: string];
const answers = fc.array(
  fc.tuple(
    fc.constantFrom('r1', 'r2', 'r3', 'r4'),
    fc.constantFrom('t1', 't2', 't3', 't4', 't5'),
    fc.constantFrom('A', 'B'),
  ),
  { minLength: 1, maxLength: 40 },
);
const labels = ['A', 'B'];
const models: Readonly<Record<string, (responses: NamedResponses) => Float64Array>> = {
  'Dawid-Skene': (responses) => fitDawidSkene(responses, { maxIterations: 20 }).posterior,
  'one-coin': (responses) => fitOneCoin(responses, { maxIterations: 20 }).posterior,
  MACE: (responses) => fitMace(responses, { iterations: 20 }).posterior,
  GLAD: (responses) => fitGlad(responses, { iterations: 8, steps: 10 }).posterior,
};

function posteriors(posteriorOf: (responses: NamedResponses) => Float64Array, list: readonly Answer[]) {
  const responses = indexResponses(list, labels);
  const posterior = posteriorOf(responses);
  return new Map(responses.tasks.map((task, index) => [task, posterior[index * 2]!]));
}

describe.each(Object.entries(models))('%s', (_, posteriorOf) => {
  it('gives probabilities that sum to one', () => {
    fc.assert(
      fc.property(answers, (list) => {
        const posterior = posteriorOf(indexResponses(list, labels));
        for (let cell = 0; cell < posterior.length; cell += 2) {
          expect(posterior[cell]).toBeGreaterThanOrEqual(0);
          expect(posterior[cell]! + posterior[cell + 1]!).toBeCloseTo(1, 6);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('does not depend on the order of the votes', () => {
    fc.assert(
      fc.property(answers, fc.integer(), (list, seed) => {
        const plain = posteriors(posteriorOf, list);
        for (const [task, posterior] of posteriors(posteriorOf, shuffled(list, seededRandom(seed))))
          expect(posterior).toBeCloseTo(plain.get(task)!, 5);
      }),
      { numRuns: 40 },
    );
  });

  it('mirrors when the two labels are swapped', () => {
    fc.assert(
      fc.property(answers, (list) => {
        const mirrored = list.map(([rater, task, label]): Answer => [rater, task, label === 'A' ? 'B' : 'A']);
        const plain = posteriors(posteriorOf, list);
        for (const [task, posterior] of posteriors(posteriorOf, mirrored))
          expect(1 - posterior).toBeCloseTo(plain.get(task)!, 5);
      }),
      { numRuns: 40 },
    );
  });
});

describe('gold labels', () => {
  it('stay as they are and teach which rater is right', () => {
    const list: Answer[] = ['t1', 't2', 't3', 't4'].flatMap((task): Answer[] => [
      ['good', task, 'A'],
      ['bad1', task, 'B'],
      ['bad2', task, 'B'],
    ]);
    const responses = indexResponses(list, labels);
    const gold = Int32Array.from([0, 0, 0, -1]);
    const { posterior, skill } = fitOneCoin(responses, { gold });
    expect(posterior[0]).toBe(1);
    expect(posterior[6]).toBeGreaterThan(0.99);
    expect(skill[responses.raters.indexOf('good')]).toBeGreaterThan(0.9);
  });
});
