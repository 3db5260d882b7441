import type { Vote } from '../../domain/vote.ts';
import type { Allocation, ItemAllocation, ItemEstimate, OfferedTask } from '../../ports/allocation.ts';
import { BlockLearning, type LearningOptions } from './block-learning.ts';
import type { ItemPosterior } from './item-posterior.ts';

export interface FixedOptions extends LearningOptions {
  /** Number of samples per question; null performs every task. */
  readonly samples?: number | null;
  /** Whole rounds, cheapest rater first, as long as the next one fits; null asks everything. */
  readonly usdPerItem?: number | null;
}

/** The same tasks for every item, in one round: the learned panel model affects the conclusions only. */
export function fixedAllocation(options: FixedOptions = {}): Allocation {
  const { samples = null, usdPerItem = null } = options;
  const learning = new BlockLearning(options, null);
  return {
    waitsFor: () => 0,
    begin: (item, index, offered) => {
      const allowed = offered.filter(({ task }) => samples === null || task.sample < samples);
      const tasks = usdPerItem === null ? allowed : fitting(allowed, usdPerItem);
      const open = () => learning.open(item, index, tasks);
      // without `keepReadings` nothing is concluded later: finished items would only use memory
      const finish = (posterior: ItemPosterior) => learning.finish(index, { posterior, trail: [], usd: 0 });
      return new FixedAsking(open, tasks, options.keepReadings === true ? finish : null);
    },
    conclude: (index) => learning.conclude(index),
  };
}

class FixedAsking implements ItemAllocation {
  #round: readonly OfferedTask[];
  readonly #open: () => ItemPosterior;
  readonly #finish: ((posterior: ItemPosterior) => void) | null;
  readonly #votes: (readonly Vote[])[] = [];
  #posterior: ItemPosterior | null = null;

  constructor(
    open: () => ItemPosterior,
    tasks: readonly OfferedTask[],
    finish: ((posterior: ItemPosterior) => void) | null,
  ) {
    this.#open = open;
    this.#round = tasks;
    this.#finish = finish;
  }

  next(): readonly OfferedTask[] {
    const round = this.#round;
    this.#round = [];
    if (round.length === 0) this.#finish?.(this.#estimate());
    return round;
  }

  record(_offered: OfferedTask, votes: readonly Vote[]): void {
    this.#votes.push(votes);
  }

  posterior(): ItemEstimate {
    return this.#estimate().posterior();
  }

  /** Computed on demand: no task depends on it. */
  #estimate(): ItemPosterior {
    this.#posterior ??= this.#open();
    for (const votes of this.#votes.splice(0)) this.#posterior.record(votes);
    return this.#posterior;
  }
}

/** A rater's tasks of one sample are performed together or not at all: half a round would compare scored with unscored. */
function fitting(tasks: readonly OfferedTask[], usdPerItem: number): OfferedTask[] {
  const rounds = new Map<string, OfferedTask[]>();
  for (const offered of tasks) {
    const key = `${offered.task.sample}\n${offered.rater}`;
    const round = rounds.get(key) ?? [];
    rounds.set(key, round);
    round.push(offered);
  }
  const priced = [...rounds.values()].map((round) => ({
    round,
    sample: round[0]!.task.sample,
    usd: round.reduce((sum, { costUsd }) => sum + (costUsd ?? Number.POSITIVE_INFINITY), 0),
  }));
  priced.sort((a, b) => a.sample - b.sample || a.usd - b.usd);
  const taken: OfferedTask[] = [];
  let left = usdPerItem;
  for (const { round, usd } of priced) {
    if (usd > left) continue;
    left -= usd;
    taken.push(...round);
  }
  return taken;
}
