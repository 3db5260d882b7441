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
import { pricesOf } from './task-price.ts';

export interface CascadeOptions extends LearningOptions {
  /** Escalate while the chance of being wrong is this or more, in (0, 0.5). */
  readonly targetError?: number | null;
  /** What an item may cost on average: escalates down to the chance of being wrong that the money allows. */
  readonly usdPerItem?: number | null;
  /** How many items there are in all, if known. */
  readonly items?: number | null;
  /** Rater ids stage by stage; null makes each rater a stage, the cheapest first. */
  readonly stages?: readonly (readonly string[])[] | null;
  readonly maxCallsPerItem?: number | null;
}

/** With a budget: where escalation stops before anything is known of what it costs. */
const firstTarget = 0.1;

/** Cheap raters first; what stays uncertain goes to the next stage, without the candidates that are out of the race. */
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

  /** A candidate leaves when its own chance of being the best could not make the decision wrong often enough. */
  #isInRace(id: string): boolean {
    const alive = this.#posterior.alive();
    const place = alive.indexOf(this.#posterior.candidates.indexOf(id));
    if (place === -1) return false;
    return this.#posterior.chances(alive)[place]! >= this.#targetError / alive.length;
  }
}

/** Each rater by itself, by the price of what it would be asked at this item. */
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
