import type { OfferedTask } from '../../ports/allocation.ts';
import type { RaterPrice } from '../allocation/vote-ledger.ts';

/**
 * Money for a whole simulation. It is never overdrawn, and what the items to come need to be asked at all is kept
 * for them as long as the money suffices for that.
 */
export class SpendingCap {
  #leftUsd: number;
  #keptUsd: number;
  readonly #maxUsdPerCall: ReadonlyMap<string, number>;

  /** @param offers of every item that will be asked about. */
  constructor(limitUsd: number, prices: readonly RaterPrice[], offers: Iterable<readonly OfferedTask[]>) {
    this.#leftUsd = limitUsd;
    this.#maxUsdPerCall = new Map(
      prices.map(({ rater, maxUsdPerCall }) => [rater, maxUsdPerCall ?? Number.POSITIVE_INFINITY]),
    );
    let kept = 0;
    for (const one of offers) kept += this.#leastUsd(one);
    this.#keptUsd = kept <= limitUsd ? kept : 0;
  }

  /** What was kept for this item is free now. */
  begin(offers: readonly OfferedTask[]): void {
    this.#keptUsd = Math.max(0, this.#keptUsd - this.#leastUsd(offers));
  }

  affords(round: readonly OfferedTask[]): boolean {
    return this.#mostUsd(round) <= this.#leftUsd - this.#keptUsd + 1e-9;
  }

  pay(usd: number | null): void {
    this.#leftUsd -= usd ?? 0;
  }

  /** The most that these may cost: a bill is known only afterwards. */
  #mostUsd(tasks: readonly OfferedTask[]): number {
    return tasks.reduce((sum, { rater, task }) => sum + this.#mostOf(rater, task.calls), 0);
  }

  #mostOf(rater: string, calls: number): number {
    return calls === 0 ? 0 : calls * (this.#maxUsdPerCall.get(rater) ?? Number.POSITIVE_INFINITY);
  }

  /** The first samples of the cheapest rater. */
  #leastUsd(offers: readonly OfferedTask[]): number {
    const perRater = new Map<string, number>();
    for (const { rater, task } of offers) {
      if (task.sample > 0) continue;
      perRater.set(rater, (perRater.get(rater) ?? 0) + this.#mostOf(rater, task.calls));
    }
    return perRater.size === 0 ? 0 : Math.min(...perRater.values());
  }
}
