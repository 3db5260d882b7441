import type { Allocation, ItemBelief, OfferedLook } from '../../ports/allocation.ts';

/** Asks everything, in one round. It decides nothing, so it believes nothing: reconciliation does. */
export const fixedAllocation: Allocation = {
  begin(item, _index, offered) {
    let round: readonly OfferedLook[] = offered;
    const belief: ItemBelief = {
      best: item.candidates.map((candidate) => candidate.id),
      probability: 1 / Math.max(1, item.candidates.length),
    };
    return {
      next() {
        const now = round;
        round = [];
        return now;
      },
      record() {},
      belief: () => belief,
    };
  },
};
