import type { Item } from '../../domain/item.ts';
import type { Allocation, ItemAllocation, OfferedTask } from '../../ports/allocation.ts';
import { seededRandom, shuffled } from '../../stats/random.ts';
import { candidatesIn, type RaterPrice, type VoteLedger } from '../allocation/vote-ledger.ts';

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

/**
 * Hard limit on the money of a whole simulation. It is never exceeded, and the minimum that each remaining item needs is
 * reserved for it as long as the limit allows that.
 */
class SpendingCap {
  #leftUsd: number;
  #reservedUsd: number;
  readonly #maxUsdPerCall: ReadonlyMap<string, number>;

  /** @param offers tasks of every item of the simulation */
  constructor(limitUsd: number, prices: readonly RaterPrice[], offers: Iterable<readonly OfferedTask[]>) {
    this.#leftUsd = limitUsd;
    this.#maxUsdPerCall = new Map(
      prices.map(({ rater, maxUsdPerCall }) => [rater, maxUsdPerCall ?? Number.POSITIVE_INFINITY]),
    );
    let reserved = 0;
    for (const one of offers) reserved += this.#minUsd(one);
    this.#reservedUsd = reserved <= limitUsd ? reserved : 0;
  }

  /** Releases the reserve of this item. */
  begin(offers: readonly OfferedTask[]): void {
    this.#reservedUsd = Math.max(0, this.#reservedUsd - this.#minUsd(offers));
  }

  affords(round: readonly OfferedTask[]): boolean {
    return this.#maxUsd(round) <= this.#leftUsd - this.#reservedUsd + 1e-9;
  }

  pay(usd: number | null): void {
    this.#leftUsd -= usd ?? 0;
  }

  /** Upper bound of the cost of these tasks: the cost is known only afterwards. */
  #maxUsd(tasks: readonly OfferedTask[]): number {
    return tasks.reduce((sum, { rater, task }) => sum + this.#maxUsdOf(rater, task.calls), 0);
  }

  #maxUsdOf(rater: string, calls: number): number {
    return calls === 0 ? 0 : calls * (this.#maxUsdPerCall.get(rater) ?? Number.POSITIVE_INFINITY);
  }

  /** The first samples of the cheapest rater. */
  #minUsd(offers: readonly OfferedTask[]): number {
    const perRater = new Map<string, number>();
    for (const { rater, task } of offers) {
      if (task.sample > 0) continue;
      perRater.set(rater, (perRater.get(rater) ?? 0) + this.#maxUsdOf(rater, task.calls));
    }
    return perRater.size === 0 ? 0 : Math.min(...perRater.values());
  }
}
