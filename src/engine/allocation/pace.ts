/**
 * Cost of one item at any threshold: `usd` is spent while `rate` is above it. A rate is the reason to continue: the
 * expected gain per dollar, or the current probability of error.
 */
export interface PaceStep {
  readonly rate: number;
  readonly usd: number;
}

/** Maximum change of the threshold from block to block, as a factor: a budget spent too early is missing at the end. */
const maxStep = 1.5;
/** The allowance of an item stays within this factor of the mean. */
const maxCorrection = 1.5;
/** Number of latest items in the cost curve. */
const memory = 512;

export interface PaceOptions {
  readonly usdPerItem: number;
  /** Total number of items; null where it is unknown. */
  readonly items: number | null;
  /** Initial threshold. */
  readonly firstThreshold: number;
}

/**
 * Finds the rate below which items stop, so that the mean item costs what is allowed. Every finished item gives its cost at
 * each threshold (its steps, and the first one not taken), so the threshold is read off the cost curve of the finished
 * items: the Lagrange multiplier of the budget.
 */
export class Pace {
  readonly #usdPerItem: number;
  readonly #items: number | null;
  readonly #trails: (readonly PaceStep[])[] = [];
  #threshold: number;
  /** Allowance per item of the latest block. */
  #allowed: number;
  #spent = 0;
  #finished = 0;

  constructor({ usdPerItem, items, firstThreshold }: PaceOptions) {
    this.#usdPerItem = usdPerItem;
    this.#threshold = firstThreshold;
    this.#allowed = usdPerItem;
    this.#items = items;
  }

  /** @param trail rounds in the order taken, then the first one not taken. @param usd actual cost of the item */
  finish(trail: readonly PaceStep[], usd: number): void {
    this.#trails.push(trail);
    if (this.#trails.length > memory) this.#trails.shift();
    this.#spent += usd;
    this.#finished += 1;
  }

  /** @param underWay items of the block that has begun and not finished; each is assumed to cost its allowance */
  threshold(underWay: number): number {
    if (this.#trails.length === 0) return this.#threshold;
    const wanted = this.#read(this.#allowance(underWay) * this.#trails.length);
    // Below the current threshold the curve has only one step per item, so changes are bounded.
    this.#threshold = Math.min(Math.max(wanted, this.#threshold / maxStep), this.#threshold * maxStep);
    return this.#threshold;
  }

  /** The threshold at which the latest items would have cost this much in total. */
  #read(usd: number): number {
    let spent = 0;
    let last = this.#threshold * maxStep;
    for (const { rate, usd: cost } of this.#trails.flatMap(falling).sort((a, b) => b.rate - a.rate)) {
      spent += cost;
      if (spent > usd) return Math.sqrt(rate * last);
      last = rate;
    }
    return last / maxStep;
  }

  /** Allowance per item from now on: savings are spread over the remaining items. */
  #allowance(underWay: number): number {
    const used = this.#spent + underWay * this.#allowed;
    const begun = this.#finished + underWay;
    const left = this.#items === null ? memory : Math.max(this.#items - begun, 1);
    const fair = this.#usdPerItem + (this.#usdPerItem * begun - used) / left;
    this.#allowed = Math.min(
      Math.max(fair, this.#usdPerItem / maxCorrection),
      this.#usdPerItem * maxCorrection,
    );
    return this.#allowed;
  }
}

/** A step is taken only after all before it: its effective rate is the minimum so far. */
function falling(trail: readonly PaceStep[]): PaceStep[] {
  let lowest = Number.POSITIVE_INFINITY;
  return trail.map(({ rate, usd }) => {
    lowest = Math.min(lowest, rate);
    return { rate: lowest, usd };
  });
}
