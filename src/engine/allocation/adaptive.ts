import type { Vote } from '../../domain/vote.ts';
import type { Allocation, ItemAllocation, ItemEstimate, OfferedTask } from '../../ports/allocation.ts';
import {
  BlockLearning,
  type FinishedAsking,
  type LearningOptions,
  type OpenedItem,
} from './block-learning.ts';
import { pricesOf } from './cascade.ts';
import type { ItemPosterior } from './item-posterior.ts';
import { Pace, type PaceStep } from './pace.ts';
import { OpenTasks, type TaskBundle } from './task-bundles.ts';
import { duelsOf, valueOfReading } from './task-value.ts';

export interface AdaptiveOptions extends LearningOptions {
  /** An item stops when its probability of error falls below this; null continues while it pays. */
  readonly targetError?: number | null;
  /** Mean cost per item: hard items spend what easy ones save. Null: no limit but the target. */
  readonly usdPerItem?: number | null;
  /** Total number of items, if known: savings can then be spent to the last item. */
  readonly items?: number | null;
  readonly maxCallsPerItem?: number | null;
}

/** Initial threshold: the whole allowance of an item should lower its error by this. */
const firstGain = 0.03;

/** Performs next the tasks with the largest expected reduction of the error per dollar, and learns the raters on the way. */
export function adaptiveAllocation(options: AdaptiveOptions = {}): Allocation {
  const { usdPerItem = null, items = null } = options;
  const pace =
    usdPerItem === null ? null : new Pace({ usdPerItem, items, firstThreshold: firstGain / usdPerItem });
  const learning = new BlockLearning(options, pace);
  return {
    waitsFor: (index) => learning.waitsFor(index),
    begin: (item, index, offered) =>
      new AdaptiveAsking(learning.begin(item, index, offered), offered, options, (asking) =>
        learning.finish(index, asking),
      ),
    conclude: (index) => learning.conclude(index),
  };
}

class AdaptiveAsking implements ItemAllocation {
  readonly #posterior: ItemPosterior;
  readonly #open: OpenTasks;
  readonly #threshold: number;
  readonly #targetError: number;
  /** The first round must be affordable for the mean item; expensive raters are used later, where they matter. */
  readonly #firstUsd: number;
  readonly #trail: PaceStep[] = [];
  readonly #finish: (asking: FinishedAsking) => void;
  #freeRound: OfferedTask[];
  #callsLeft: number;
  #usd = 0;

  constructor(
    { posterior, threshold }: OpenedItem,
    offered: readonly OfferedTask[],
    { targetError, usdPerItem, maxCallsPerItem }: AdaptiveOptions,
    finish: (asking: FinishedAsking) => void,
  ) {
    this.#posterior = posterior;
    this.#open = new OpenTasks(offered, pricesOf(offered));
    this.#threshold = threshold;
    this.#targetError = targetError ?? 0;
    this.#firstUsd = usdPerItem ?? Number.POSITIVE_INFINITY;
    this.#callsLeft = maxCallsPerItem ?? Number.POSITIVE_INFINITY;
    this.#finish = finish;
    this.#freeRound = this.#open.free();
  }

  /** Free tasks come first: a veto may end the item before anything is paid. */
  next(affords: (round: readonly OfferedTask[]) => boolean = () => true): readonly OfferedTask[] {
    if (this.#freeRound.length > 0) {
      const round = this.#freeRound;
      this.#freeRound = [];
      return this.#take(round);
    }
    const best = this.#isDecided() ? null : this.#mostPerDollar(affords);
    if (best !== null) {
      this.#trail.push({ rate: best.rate, usd: best.usd });
      if (best.rate > this.#threshold) return this.#take(best.tasks);
    }
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

  #isDecided(): boolean {
    if (this.#posterior.alive().length < 2) return true;
    return (
      this.#posterior.taken.length > 0 && 1 - this.#posterior.posterior().probability < this.#targetError
    );
  }

  #mostPerDollar(
    affords: (round: readonly OfferedTask[]) => boolean,
  ): { tasks: readonly OfferedTask[]; rate: number; usd: number } | null {
    const duels = duelsOf(this.#posterior.state, this.#posterior.alive());
    // No candidate is dropped without a vote: the first round covers every candidate.
    const whole = this.#trail.length === 0;
    let best: (TaskBundle & { rate: number }) | null = null;
    for (const bundle of this.#open.bundles(this.#posterior, duels, whole)) {
      if (callsOf(bundle.tasks) > this.#callsLeft) continue;
      if (whole && bundle.usd > this.#firstUsd) continue;
      const rate = valueOfReading(bundle.prospects, duels) / bundle.usd;
      if ((best === null || rate > best.rate) && affords(bundle.tasks)) best = { ...bundle, rate };
    }
    if (best === null || best.rate <= 0) return null;
    return { tasks: best.tasks, rate: best.rate, usd: this.#open.priceOf(best.tasks) };
  }

  #take(tasks: readonly OfferedTask[]): readonly OfferedTask[] {
    this.#callsLeft -= callsOf(tasks);
    for (const task of tasks) this.#open.take(task);
    return tasks;
  }
}

function callsOf(tasks: readonly OfferedTask[]): number {
  return tasks.reduce((sum, { task }) => sum + task.calls, 0);
}
