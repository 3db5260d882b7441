import type { Vote } from '../../domain/vote.ts';
import type { Allocation, ItemAllocation, ItemBelief, OfferedLook } from '../../ports/allocation.ts';
import { BlockLearning, type LearningOptions } from './block-learning.ts';
import type { ItemPosterior } from './item-posterior.ts';

export interface FixedOptions extends LearningOptions {
  /** Looks of a higher sample number are not taken; null takes every look. */
  readonly samples?: number | null;
  /** Whole rounds, cheapest rater first, as long as the next one fits; null asks everything. */
  readonly usdPerItem?: number | null;
}

/** Asks the same of every item, all at once: what is learnt of the raters shows in the conclusions only. */
export function fixedAllocation(options: FixedOptions = {}): Allocation {
  const { samples = null, usdPerItem = null } = options;
  const learning = new BlockLearning(options, null);
  return {
    waitsFor: () => 0,
    begin: (item, index, offered) => {
      const allowed = offered.filter(({ look }) => samples === null || look.sample < samples);
      const looks = usdPerItem === null ? allowed : fitting(allowed, usdPerItem);
      const open = () => learning.open(item, index, looks);
      // nobody takes in what is never concluded: it would only pile up, item by item
      const finish = (posterior: ItemPosterior) => learning.finish(index, { posterior, trail: [], usd: 0 });
      return new FixedAsking(open, looks, options.keepReadings === true ? finish : null);
    },
    conclude: (index) => learning.conclude(index),
  };
}

class FixedAsking implements ItemAllocation {
  #round: readonly OfferedLook[];
  readonly #open: () => ItemPosterior;
  readonly #finish: ((posterior: ItemPosterior) => void) | null;
  readonly #votes: (readonly Vote[])[] = [];
  #posterior: ItemPosterior | null = null;

  constructor(
    open: () => ItemPosterior,
    looks: readonly OfferedLook[],
    finish: ((posterior: ItemPosterior) => void) | null,
  ) {
    this.#open = open;
    this.#round = looks;
    this.#finish = finish;
  }

  next(): readonly OfferedLook[] {
    const round = this.#round;
    this.#round = [];
    if (round.length === 0) this.#finish?.(this.#believed());
    return round;
  }

  record(_offered: OfferedLook, votes: readonly Vote[]): void {
    this.#votes.push(votes);
  }

  belief(): ItemBelief {
    return this.#believed().belief();
  }

  /** Worked out only when asked for: nothing that is asked here depends on it. */
  #believed(): ItemPosterior {
    this.#posterior ??= this.#open();
    for (const votes of this.#votes.splice(0)) this.#posterior.record(votes);
    return this.#posterior;
  }
}

/** A rater's looks of one sample stand or fall together: half a round would compare scored with unscored. */
function fitting(looks: readonly OfferedLook[], usdPerItem: number): OfferedLook[] {
  const rounds = new Map<string, OfferedLook[]>();
  for (const offered of looks) {
    const key = `${offered.look.sample}\n${offered.rater}`;
    const round = rounds.get(key) ?? [];
    rounds.set(key, round);
    round.push(offered);
  }
  const priced = [...rounds.values()].map((round) => ({
    round,
    sample: round[0]!.look.sample,
    usd: round.reduce((sum, { costUsd }) => sum + (costUsd ?? Number.POSITIVE_INFINITY), 0),
  }));
  priced.sort((a, b) => a.sample - b.sample || a.usd - b.usd);
  const taken: OfferedLook[] = [];
  let left = usdPerItem;
  for (const { round, usd } of priced) {
    if (usd > left) continue;
    left -= usd;
    taken.push(...round);
  }
  return taken;
}
