import type { Vote } from '../../domain/vote.ts';
import type { Allocation, ItemAllocation, ItemEstimate, OfferedTask } from '../../ports/allocation.ts';
import {
  BlockLearning,
  type FinishedAsking,
  type LearningOptions,
  type OpenedItem,
} from './block-learning.ts';
import type { ItemPosterior } from './item-posterior.ts';
import { Pace, type PaceStep } from './pace.ts';

/**
 * Prices of tasks for choosing between them: US dollars where they are known. An unknown price is taken as the highest
 * known price per call, or 1 per call where none is known; it is never 0.
 */
export function pricesOf(offered: readonly OfferedTask[]): (one: OfferedTask) => number {
  let highest = 0;
  for (const { costUsd, task } of offered) {
    if (costUsd !== null && task.calls > 0) highest = Math.max(highest, costUsd / task.calls);
  }
  const perCall = highest > 0 ? highest : 1;
  return ({ costUsd, task }) =>
    costUsd !== null && (costUsd > 0 || task.calls === 0) ? costUsd : perCall * task.calls;
}

export interface CascadeOptions extends LearningOptions {
  /** Escalate while the probability of error is at least this, in (0, 0.5). */
  readonly targetError?: number | null;
  /** Mean cost per item: the target error is the lowest that the money allows. */
  readonly usdPerItem?: number | null;
  /** Total number of items, if known. */
  readonly items?: number | null;
  /** Rater ids stage by stage; null makes each rater a stage, the cheapest first. */
  readonly stages?: readonly (readonly string[])[] | null;
  readonly maxCallsPerItem?: number | null;
}

/** With a budget: the initial target error, before the cost of escalation is known. */
const firstTarget = 0.1;

/** Cheap raters first; uncertain items go to the next stage, without the candidates that cannot win any more. */
export function cascadeAllocation(options: CascadeOptions): Allocation {
  const { usdPerItem = null, items = null } = options;
  const pace = usdPerItem === null ? null : new Pace({ usdPerItem, items, firstThreshold: firstTarget });
  const learning = new BlockLearning(options, pace);
  return {
    waitsFor: (index) => learning.waitsFor(index),
    begin: (item, index, offered) =>
      new CascadeAsking(learning.begin(item, index, offered), offered, options, (asking) =>
        learning.finish(index, asking),
      ),
    conclude: (index) => learning.conclude(index),
  };
}

class CascadeAsking implements ItemAllocation {
  readonly #posterior: ItemPosterior;
  readonly #rounds: OfferedTask[][];
  readonly #priceOf: (offered: OfferedTask) => number;
  readonly #targetError: number;
  readonly #trail: PaceStep[] = [];
  readonly #finish: (asking: FinishedAsking) => void;
  #callsLeft: number;
  #usd = 0;

  constructor(
    { posterior, threshold }: OpenedItem,
    offered: readonly OfferedTask[],
    { targetError, stages, maxCallsPerItem }: CascadeOptions,
    finish: (asking: FinishedAsking) => void,
  ) {
    this.#posterior = posterior;
    this.#rounds = roundsOf(offered, stages ?? stagesByPrice(offered));
    this.#priceOf = pricesOf(offered);
    this.#targetError = targetError ?? threshold;
    this.#callsLeft = maxCallsPerItem ?? Number.POSITIVE_INFINITY;
    this.#finish = finish;
  }

  next(affords: (round: readonly OfferedTask[]) => boolean = () => true): readonly OfferedTask[] {
    for (let round = this.#rounds.shift(); round !== undefined; round = this.#rounds.shift()) {
      const open = round.filter(({ task }) => task.candidates.some((id) => this.#isInRace(id)));
      const calls = open.reduce((sum, { task }) => sum + task.calls, 0);
      if (open.length === 0 || calls > this.#callsLeft || !affords(open)) continue;
      const error = 1 - this.#posterior.posterior().probability;
      this.#trail.push({ rate: error, usd: open.reduce((sum, one) => sum + this.#priceOf(one), 0) });
      if (error < this.#targetError) break;
      this.#callsLeft -= calls;
      return open;
    }
    this.#rounds.length = 0;
    this.#finish({ posterior: this.#posterior, trail: this.#trail, usd: this.#usd });
    return [];
  }

  record(_offered: OfferedTask, votes: readonly Vote[], costUsd: number | null): void {
    this.#usd += costUsd ?? 0;
    this.#posterior.record(votes);
  }

  posterior(): ItemEstimate {
    return this.#posterior.posterior();
  }

  /** A candidate is dropped when its chance of being the best is too small to affect the target error. */
  #isInRace(id: string): boolean {
    const alive = this.#posterior.alive();
    const place = alive.indexOf(this.#posterior.candidates.indexOf(id));
    if (place === -1) return false;
    return this.#posterior.chances(alive)[place]! >= this.#targetError / alive.length;
  }
}

/** Each rater is a stage, ordered by the mean price of its tasks on this item. */
export function stagesByPrice(offered: readonly OfferedTask[]): string[][] {
  const prices = new Map<string, { usd: number; tasks: number }>();
  for (const { rater, costUsd, task } of offered) {
    const price = prices.get(rater) ?? { usd: 0, tasks: 0 };
    prices.set(rater, { usd: price.usd + (costUsd ?? task.calls), tasks: price.tasks + 1 });
  }
  return [...prices]
    .sort(([a, x], [b, y]) => x.usd / x.tasks - y.usd / y.tasks || (a < b ? -1 : 1))
    .map(([rater]) => [rater]);
}

/** First samples of stage after stage, then second samples, and so on. */
function roundsOf(offered: readonly OfferedTask[], stages: readonly (readonly string[])[]): OfferedTask[][] {
  const samples = [...new Set(offered.map(({ task }) => task.sample))].sort((a, b) => a - b);
  return samples
    .flatMap((sample) =>
      stages.map((stage) =>
        offered.filter(({ rater, task }) => task.sample === sample && stage.includes(rater)),
      ),
    )
    .filter((round) => round.length > 0);
}
