import type { Item } from '../../domain/item.ts';
import type { Allocation, ItemAllocation, OfferedTask } from '../../ports/allocation.ts';
import { seededRandom, shuffled } from '../../stats/random.ts';
import { candidatesIn, type VoteLedger } from '../allocation/vote-ledger.ts';
import { SpendingCap } from './spending-cap.ts';

/** One line of a simulation: the decision of a plan on an item, and its cost. */
export interface SimulatedItem {
  readonly item: string;
  /** Candidate ids; several where they tie. */
  readonly best: readonly string[];
  readonly probability: number;
  readonly calls: number;
  /** null where a paid vote has no known price. */
  readonly usd: number | null;
}

export interface SimulationPlan {
  readonly ledger: VoteLedger;
  /** Items to simulate; for a bare id the candidates are taken from the votes. */
  readonly items: readonly (Item | string)[];
  readonly allocation: Allocation;
  readonly seed: number;
  /** Hard limit in mean US dollars per item; null is no limit. */
  readonly usdPerItem?: number | null;
  readonly signal?: AbortSignal;
}

/**
 * Simulates a plan on recorded votes, call by call. The order of the items is drawn from their ids and the seed, so that
 * the order of the files does not matter. @returns one line per item, in the given order.
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
