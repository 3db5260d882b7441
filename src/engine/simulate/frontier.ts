import type { Item } from '../../domain/item.ts';
import type { AllocationKind } from '../../domain/job.ts';
import type { Allocation } from '../../ports/allocation.ts';
import { adaptiveAllocation } from '../allocation/adaptive.ts';
import type { BestByLabels } from '../allocation/best-by-labels.ts';
import type { LearningOptions } from '../allocation/block-learning.ts';
import { cascadeAllocation } from '../allocation/cascade.ts';
import { fixedAllocation } from '../allocation/fixed.ts';
import type { VoteLedger } from '../allocation/vote-ledger.ts';
import { type SimulationScore, scoreSimulation } from './score-simulation.ts';
import { simulate } from './simulate.ts';

/** One plan of the frontier: its settings and its result. */
export interface FrontierPoint {
  readonly allocation: AllocationKind;
  readonly samples: number | null;
  readonly target_error: number | null;
  readonly usd_per_item_limit: number | null;
  /** Dollars per item where prices are known, else calls per item. */
  readonly cost: number;
  /** Accuracy on the labels; without labels the mean of the plan's own probability, uncalibrated. */
  readonly quality: number;
  readonly score: SimulationScore;
}

export interface FrontierInput {
  readonly ledger: VoteLedger;
  readonly items: readonly (Item | string)[];
  readonly labels: BestByLabels | null;
  /** See LearningOptions. */
  readonly labelled?: LearningOptions['labelled'];
  readonly seed: number;
  readonly signal?: AbortSignal;
}

const sampleCounts = [1, 2, 4, 8];
const targetErrors = [0.4, 0.2, 0.1, 0.05, 0.02];
/** Number of budgets between the cheapest plan with a vote per item and one sample of every rater. */
const budgetCount = 7;

/** Simulates one plan after another on the same votes, from cheap to expensive within each kind. */
export function* frontier(input: FrontierInput): Generator<FrontierPoint> {
  const { ledger, items, labelled } = input;
  const learning = { keepReadings: true, ...(labelled && { labelled }) };
  const most = Math.max(
    ...items.flatMap((item) => ledger.offers(idOf(item)).map(({ task }) => task.sample + 1)),
  );
  let onceUsd: number | null = null;
  for (const samples of sampleCounts.filter((count) => count <= most)) {
    const point = play(
      input,
      { allocation: 'fixed', samples },
      fixedAllocation({ ...learning, samples }),
      null,
    );
    onceUsd ??= point.score.usd_per_item;
    yield point;
  }
  for (const targetError of targetErrors) {
    yield play(
      input,
      { allocation: 'cascade', target_error: targetError },
      cascadeAllocation({ ...learning, targetError }),
      null,
    );
  }
  for (const limit of onceUsd === null ? [null] : budgets(ledger, items, onceUsd)) {
    for (const targetError of limit === null ? targetErrors : [null]) {
      const allocation = adaptiveAllocation({
        targetError,
        usdPerItem: limit,
        items: items.length,
        ...learning,
      });
      const setting = { target_error: targetError, usd_per_item_limit: limit };
      yield play(input, { allocation: 'adaptive', ...setting }, allocation, limit);
    }
  }
}

export interface FrontierGoal {
  readonly targetError: number | null;
  readonly usdPerItem: number | null;
}

/**
 * The recommended plan: the cheapest that reaches the target error, the best within the budget, or without either the
 * cheapest within one standard error of the best. Null where there is none.
 */
export function recommend(points: readonly FrontierPoint[], goal: FrontierGoal): FrontierPoint | null {
  const cheapest = [...points].sort((a, b) => a.cost - b.cost || b.quality - a.quality);
  const best = [...cheapest].sort((a, b) => b.quality - a.quality)[0];
  if (best === undefined) return null;
  const { targetError, usdPerItem } = goal;
  if (usdPerItem !== null) {
    const affordable = cheapest.filter(
      ({ score }) => score.usd_per_item !== null && score.usd_per_item <= usdPerItem,
    );
    return affordable.reduce<FrontierPoint | null>(
      (top, one) => (top === null || one.quality > top.quality ? one : top),
      null,
    );
  }
  const least = targetError === null ? best.quality - (best.score.accuracy_se ?? 0) : 1 - targetError;
  return cheapest.find(({ quality }) => quality >= least) ?? null;
}

type Setting = Pick<FrontierPoint, 'allocation'> & Partial<FrontierPoint>;

function play(
  input: FrontierInput,
  setting: Setting,
  allocation: Allocation,
  usdPerItem: number | null,
): FrontierPoint {
  const { labels, ...rest } = input;
  const score = scoreSimulation(simulate({ ...rest, allocation, usdPerItem }), labels);
  return {
    samples: null,
    target_error: null,
    usd_per_item_limit: null,
    ...setting,
    cost: score.usd_per_item ?? score.calls_per_item,
    quality: score.accuracy ?? score.claimed,
    score,
  };
}

/** A geometric grid from slightly above one sample of the cheapest rater to one sample of every rater. */
function budgets(ledger: VoteLedger, items: readonly (Item | string)[], onceUsd: number): number[] {
  let leastUsd = 0;
  for (const item of items) {
    const perRater = new Map<string, number>();
    for (const { rater, task, costUsd } of ledger.offers(idOf(item))) {
      if (task.sample === 0) perRater.set(rater, (perRater.get(rater) ?? 0) + (costUsd ?? 0));
    }
    leastUsd += perRater.size === 0 ? 0 : Math.min(...perRater.values()) / items.length;
  }
  const from = Math.min(1.25 * leastUsd, onceUsd);
  if (!(from > 0)) return [onceUsd].filter((usd) => usd > 0);
  const ratio = (onceUsd / from) ** (1 / (budgetCount - 1));
  const steps = Array.from({ length: budgetCount }, (_, k) => Number((from * ratio ** k).toPrecision(3)));
  return [...new Set(steps)];
}

function idOf(item: Item | string): string {
  return typeof item === 'string' ? item : item.id;
}
