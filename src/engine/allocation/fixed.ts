import type { Item } from '../../domain/item.ts';
import type { Vote } from '../../domain/vote.ts';
import type { Allocation, ItemAllocation, ItemBelief, OfferedLook } from '../../ports/allocation.ts';
import { ItemPosterior } from './item-posterior.ts';
import { openPanel } from './panel-model.ts';

export interface FixedOptions {
  /** Looks of a higher sample number are not taken; null takes every look. */
  readonly samples?: number | null;
  /** Whole rounds, cheapest rater first, as long as the next one fits; null asks everything. */
  readonly usdPerItem?: number | null;
}

/** Asks the same of every item, all at once. */
export function fixedAllocation({ samples = null, usdPerItem = null }: FixedOptions = {}): Allocation {
  return {
    waitsFor: () => 0,
    begin: (item, _index, offered) => {
      const allowed = offered.filter(({ look }) => samples === null || look.sample < samples);
      return new FixedAsking(item, usdPerItem === null ? allowed : fitting(allowed, usdPerItem));
    },
  };
}

class FixedAsking implements ItemAllocation {
  #round: readonly OfferedLook[];
  readonly #posterior: ItemPosterior;

  constructor(item: Item, looks: readonly OfferedLook[]) {
    this.#round = looks;
    this.#posterior = new ItemPosterior(
      item.candidates.map(({ id }) => id),
      looks,
      openPanel,
    );
  }

  next(): readonly OfferedLook[] {
    const round = this.#round;
    this.#round = [];
    return round;
  }

  record(_offered: OfferedLook, votes: readonly Vote[]): void {
    this.#posterior.record(votes);
  }

  belief(): ItemBelief {
    return this.#posterior.belief();
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
