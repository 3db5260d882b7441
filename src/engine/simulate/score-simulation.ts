import type { BestByLabels } from '../allocation/best-by-labels.ts';
import type { SimulatedItem } from './simulate.ts';

/** Cost and accuracy of a simulated plan. */
export interface SimulationScore {
  readonly items: number;
  readonly calls: number;
  /** null where a price is unknown. */
  readonly usd: number | null;
  readonly usd_per_item: number | null;
  readonly calls_per_item: number;
  /** Items with a label, which the accuracy is computed on. */
  readonly labelled: number;
  /** Share of labelled items whose best candidate was found, in [0, 1]; ties split. Null without labels. */
  readonly accuracy: number | null;
  /** Standard error of the accuracy over items. */
  readonly accuracy_se: number | null;
  /** Mean of the estimated probability. */
  readonly claimed: number;
  /** Items with one best candidate whose probability is at least the default acceptance threshold. */
  readonly accepted: number;
  /** One pair counted for each such item; null where none is accepted or a price is unknown. */
  readonly usd_per_accepted_pair: number | null;
}

/** Default acceptance threshold of a job. */
const defaultAccept = 0.8;

export function scoreSimulation(
  outcomes: readonly SimulatedItem[],
  labels: BestByLabels | null,
): SimulationScore {
  let calls = 0;
  let usd: number | null = 0;
  let claimed = 0;
  let accepted = 0;
  const credits: number[] = [];
  for (const outcome of outcomes) {
    calls += outcome.calls;
    usd = usd === null || outcome.usd === null ? null : usd + outcome.usd;
    claimed += outcome.probability;
    if (outcome.best.length === 1 && outcome.probability >= defaultAccept) accepted += 1;
    const right = labels?.best(outcome.item) ?? [];
    if (right.length > 0) credits.push(creditOf(outcome.best, right));
  }
  const n = credits.length;
  const accuracy = n === 0 ? null : credits.reduce((sum, credit) => sum + credit, 0) / n;
  const items = outcomes.length;
  return {
    items,
    calls,
    usd,
    usd_per_item: usd === null || items === 0 ? null : usd / items,
    calls_per_item: items === 0 ? 0 : calls / items,
    labelled: n,
    accuracy,
    accuracy_se: accuracy === null ? null : Math.sqrt(variance(credits, accuracy) / n),
    claimed: items === 0 ? 0 : claimed / items,
    accepted,
    usd_per_accepted_pair: usd === null || accepted === 0 ? null : usd / accepted,
  };
}

/** Share of the named candidates that are correct: naming two of which one is correct counts as one half. */
export function creditOf(named: readonly string[], right: readonly string[]): number {
  if (named.length === 0) return 0;
  return named.filter((candidate) => right.includes(candidate)).length / named.length;
}

function variance(values: readonly number[], mean: number): number {
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}
