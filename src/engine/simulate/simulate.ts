import type { Item } from '../../domain/item.ts';
import type { Allocation, ItemAllocation, OfferedTask } from '../../ports/allocation.ts';
import { seededRandom, shuffled } from '../../stats/random.ts';
import { candidatesIn, type VoteLedger } from '../allocation/vote-ledger.ts';
import { SpendingCap } from './spending-cap.ts';

/** One line of a simulation: what a plan would have decided about an item, and what that would have cost. */
export interface SimulatedItem {
  readonly item: string;
  /** Candidate ids; several where they are level. */
  readonly best: readonly string[];
  readonly probability: number;
  readonly calls: number;
  /** null where a paid vote has no known price. */
  readonly usd: number | null;
}

export interface SimulationPlan {
  readonly ledger: VoteLedger;
  /** Items to ask about; without a description their candidates are read off the votes. */
  readonly items: readonly (Item | string)[];
  readonly allocation: Allocation;
  readonly seed: number;
  /** Mean US dollars an item that the whole must not exceed; null is no limit. */
  readonly usdPerItem?: number | null;
  readonly signal?: AbortSignal;
}

/**
 * Plays a plan over recorded votes, call by call. The items are taken in an order drawn from their ids and the seed,
 * so that the order of the files changes nothing. @returns one line an item, in the order given.
 */
export function simulate(plan: SimulationPlan): SimulatedItem[] {
  const { ledger, items, allocation, seed, signal, usdPerItem = null } = plan;
  ledger.seal();
  const known = new Map(items.map((item) => (typeof item === 'string' ? [item, null] : [item.id, item])));
  const outcomes = new Map<string, SimulatedItem>();
  const cap =
    usdPerItem === null
      ? null
      : new SpendingCap(
          usdPerItem * known.size,
          ledger.prices(),
          [...known.keys()].map((id) => ledger.offers(id)),
        );
  const order = shuffled([...known.keys()].sort(), seededRandom(`simulate:${seed}`));
  for (const [index, id] of order.entries()) {
    signal?.throwIfAborted();
    const offers = ledger.offers(id);
    const item = known.get(id) ?? bareItem(id, offers);
    cap?.begin(offers);
    outcomes.set(id, ask(ledger, item, allocation.begin(item, index, offers), cap));
  }
  for (const [index, id] of order.entries()) {
    outcomes.set(id, { ...outcomes.get(id)!, ...allocation.conclude?.(index) });
  }
  return [...known.keys()].map((id) => outcomes.get(id)!);
}

function ask(ledger: VoteLedger, item: Item, asking: ItemAllocation, cap: SpendingCap | null): SimulatedItem {
  let calls = 0;
  let usd: number | null = 0;
  const next = () => asking.next(cap === null ? undefined : (round) => cap.affords(round));
  for (let round = next(); round.length > 0; round = next()) {
    if (cap !== null && !cap.affords(round)) break;
    for (const offered of round) {
      const paid = ledger.pay(item.id, offered);
      cap?.pay(paid.costUsd);
      calls += paid.calls;
      usd = usd === null || paid.costUsd === null ? null : usd + paid.costUsd;
      asking.record(offered, paid.votes, paid.costUsd);
    }
  }
  return { item: item.id, ...asking.posterior(), calls, usd };
}

function bareItem(id: string, offers: readonly OfferedTask[]): Item {
  return {
    id,
    prompt: null,
    candidates: candidatesIn(offers).map((candidate) => ({ id: candidate, text: null })),
  };
}
