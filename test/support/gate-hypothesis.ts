import type { Evidence, Hypothesis } from '../../src/gate/decision/hypothesis.ts';
import type { Random } from '../../src/stats/random.ts';

/** Evidence with one cluster per item. */
export function evidenceOf(values: readonly number[], more: Partial<Evidence> = {}): Evidence {
  return {
    values,
    labels: values.map(() => null),
    clusters: values.map((_, item) => `c${item}`),
    range: [-0.5, 0.5],
    lengthDifferences: null,
    ...more,
  };
}

export function hypothesisOf(evidence: Hypothesis['evidence'], more: Partial<Hypothesis> = {}): Hypothesis {
  return {
    id: 'improvement',
    metric: 'win_rate',
    test: 'superiority',
    slice: null,
    margin: 0.03,
    required: true,
    priority: 1,
    evidence,
    ...more,
  };
}

/** Win rates minus 1/2: a share of ties, and wins with the probability that gives `improvement` on average. */
export function drawWins(count: number, improvement: number, random: Random, ties = 0.2): number[] {
  const chance = 0.5 + improvement / (1 - ties);
  return Array.from({ length: count }, () => (random() < ties ? 0 : random() < chance ? 0.5 : -0.5));
}
