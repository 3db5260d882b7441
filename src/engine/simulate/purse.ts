import type { OfferedLook } from '../../ports/allocation.ts';
import type { RaterPrice } from '../allocation/vote-ledger.ts';

/**
 * Money for a whole simulation. It is never overdrawn, and what the items to come need to be asked at all is kept
 * for them as long as the money suffices for that.
 */
export class Purse {
  #leftUsd: number;
  #keptUsd: number;
  readonly #maxUsdPerCall: ReadonlyMap<string, number>;

  /** @param offers of every item that will be asked about. */
  constructor(limitUsd: number, prices: readonly RaterPrice[], offers: Iterable<readonly OfferedLook[]>) {
    this.#leftUsd = limitUsd;
    this.#maxUsdPerCall = new Map(
      prices.map(({ rater, maxUsdPerCall }) => [rater, maxUsdPerCall ?? Number.POSITIVE_INFINITY]),
    );
    let kept = 0;
    for (const one of offers) kept += this.#leastUsd(one);
    this.#keptUsd = kept <= limitUsd ? kept : 0;
  }

  /** What was kept for this item is free now. */
  begin(offers: readonly OfferedLook[]): void {
    this.#keptUsd = Math.max(0, this.#keptUsd - this.#leastUsd(offers));
  }

  affords(round: readonly OfferedLook[]): boolean {
    return this.#mostUsd(round) <= this.#leftUsd - this.#keptUsd + 1e-9;
  }

  pay(usd: number | null): void {
    this.#leftUsd -= usd ?? 0;
  }

  /** The most that these may cost: a bill is known only afterwards. */
  #mostUsd(looks: readonly OfferedLook[]): number {
    return looks.reduce((sum, { rater, look }) => sum + this.#mostOf(rater, look.calls), 0);
  }

  #mostOf(rater: string, calls: number): number {
    return calls === 0 ? 0 : calls * (this.#maxUsdPerCall.get(rater) ?? Number.POSITIVE_INFINITY);
  }

  /** The first samples of the cheapest rater. */
  #leastUsd(offers: readonly OfferedLook[]): number {
    const perRater = new Map<string, number>();
    for (const { rater, look } of offers) {
      if (look.sample > 0) continue;
      perRater.set(rater, (perRater.get(rater) ?? 0) + this.#mostOf(rater, look.calls));
    }
    return perRater.size === 0 ? 0 : Math.min(...perRater.values());
  }
}
