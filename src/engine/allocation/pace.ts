/**
 * What one item's asking would have cost at any threshold: `usd` was spent while `rate` stood above it. A rate is what
 * speaks for asking on: the expected gain per dollar, or the present chance of being wrong.
 */
export interface PaceStep {
  readonly rate: number;
  readonly usd: number;
}

/** The threshold moves by no more than this factor from block to block: a budget spent too early leaves the last items poor. */
const largestStep = 1.5;
/** An item's allowance stays within this factor of the mean, either way. */
const mostCorrection = 1.5;
/** How many of the latest items the price curve is drawn from. */
const memory = 512;

export interface PaceOptions {
  readonly usdPerItem: number;
  /** How many items there are in all; null where nobody knows. */
  readonly items: number | null;
  /** Where asking stops before anything is known. */
  readonly firstThreshold: number;
}

/**
 * Finds the rate below which asking stops, so that the mean item costs what was allowed. Every finished item
 * tells what it would have cost at each threshold (its steps, and the first one not taken), so the threshold is read off
 * the price curve of the items seen so far: the Lagrange multiplier of the budget.
 */
export class Pace {
  readonly #usdPerItem: number;
  readonly #items: number | null;
  readonly #trails: (readonly PaceStep[])[] = [];
  #threshold: number;
  /** What the items of the latest block may cost each. */
  #allowed: number;
  #spent = 0;
  #finished = 0;

  constructor({ usdPerItem, items, firstThreshold }: PaceOptions) {
    this.#usdPerItem = usdPerItem;
    this.#threshold = firstThreshold;
    this.#allowed = usdPerItem;
    this.#items = items;
  }

  /** @param trail rounds in the order taken, then the first one not taken. @param usd what the item really cost. */
  finish(trail: readonly PaceStep[], usd: number): void {
    this.#trails.push(trail);
    if (this.#trails.length > memory) this.#trails.shift();
    this.#spent += usd;
    this.#finished += 1;
  }

  /** @param underWay items of the one block begun and not finished, which are taken to cost what they may. */
  threshold(underWay: number): number {
    if (this.#trails.length === 0) return this.#threshold;
    const wanted = this.#read(this.#allowance(underWay) * this.#trails.length);
    // Below the present threshold the curve shows one step an item only, so it is followed with care.
    this.#threshold = Math.min(
      Math.max(wanted, this.#threshold / largestStep),
      this.#threshold * largestStep,
    );
    return this.#threshold;
  }

  /** The threshold at which the remembered items would have cost this much together. */
  #read(usd: number): number {
    let spent = 0;
    let last = this.#threshold * largestStep;
    for (const { rate, usd: cost } of this.#trails.flatMap(falling).sort((a, b) => b.rate - a.rate)) {
      spent += cost;
      if (spent > usd) return Math.sqrt(rate * last);
      last = rate;
    }
    return last / largestStep;
  }

  /** What an item may cost from here on: savings are spread over the items to come, and spent once. */
  #allowance(underWay: number): number {
    const used = this.#spent + underWay * this.#allowed;
    const begun = this.#finished + underWay;
    const left = this.#items === null ? memory : Math.max(this.#items - begun, 1);
    const fair = this.#usdPerItem + (this.#usdPerItem * begun - used) / left;
    this.#allowed = Math.min(
      Math.max(fair, this.#usdPerItem / mostCorrection),
      this.#usdPerItem * mostCorrection,
    );
    return this.#allowed;
  }
}

/** A step is taken only when all before it were: its rate counts no higher than theirs. */
function falling(trail: readonly PaceStep[]): PaceStep[] {
  let lowest = Number.POSITIVE_INFINITY;
  return trail.map(({ rate, usd }) => {
    lowest = Math.min(lowest, rate);
    return { rate: lowest, usd };
  });
}
