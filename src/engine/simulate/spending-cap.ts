import type { OfferedTask } from '../../ports/allocation.ts';
import type { RaterPrice } from '../allocation/vote-ledger.ts';

/**
 * Hard limit on the money of a whole simulation. It is never exceeded, and the minimum that each remaining item needs is
 * reserved for it as long as the limit allows that.
 */
export class SpendingCap {
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
