import type { Item } from '../../domain/item.ts';
import type { Vote } from '../../domain/vote.ts';
import type { Allocation, ItemAllocation, ItemBelief, OfferedLook } from '../../ports/allocation.ts';
import { ItemPosterior } from './item-posterior.ts';
import { openPanel } from './panel-model.ts';

export interface CascadeOptions {
  /** Escalate while the chance of being wrong is this or more, in (0, 0.5). */
  readonly targetError: number;
  /** Rater ids stage by stage; null makes each rater a stage, the cheapest first. */
  readonly stages?: readonly (readonly string[])[] | null;
  readonly maxCallsPerItem?: number | null;
}

/** Cheap raters first; what stays uncertain goes to the next stage, without the candidates that are out of the race. */
export function cascadeAllocation(options: CascadeOptions): Allocation {
  return { waitsFor: () => 0, begin: (item, _index, offered) => new CascadeAsking(item, offered, options) };
}

class CascadeAsking implements ItemAllocation {
  readonly #posterior: ItemPosterior;
  readonly #rounds: OfferedLook[][];
  readonly #options: CascadeOptions;
  #callsLeft: number;

  constructor(item: Item, offered: readonly OfferedLook[], options: CascadeOptions) {
    const candidates = item.candidates.map(({ id }) => id);
    this.#posterior = new ItemPosterior(candidates, offered, openPanel);
    this.#rounds = roundsOf(offered, options.stages ?? stagesByPrice(offered));
    this.#options = options;
    this.#callsLeft = options.maxCallsPerItem ?? Number.POSITIVE_INFINITY;
  }

  next(): readonly OfferedLook[] {
    for (let round = this.#rounds.shift(); round !== undefined; round = this.#rounds.shift()) {
      if (this.#posterior.belief().probability > 1 - this.#options.targetError) return [];
      const open = round.filter(({ look }) => look.candidates.some((id) => this.#isInRace(id)));
      const calls = open.reduce((sum, { look }) => sum + look.calls, 0);
      if (open.length === 0 || calls > this.#callsLeft) continue;
      this.#callsLeft -= calls;
      return open;
    }
    return [];
  }

  record(_offered: OfferedLook, votes: readonly Vote[]): void {
    this.#posterior.record(votes);
  }

  belief(): ItemBelief {
    return this.#posterior.belief();
  }

  /** A candidate leaves when its own chance of being the best could not make the decision wrong often enough. */
  #isInRace(id: string): boolean {
    const alive = this.#posterior.alive();
    const place = alive.indexOf(this.#posterior.candidates.indexOf(id));
    if (place === -1) return false;
    return this.#posterior.chances(alive)[place]! >= this.#options.targetError / alive.length;
  }
}

/** Each rater by itself, by the price of what it would be asked at this item. */
export function stagesByPrice(offered: readonly OfferedLook[]): string[][] {
  const prices = new Map<string, { usd: number; looks: number }>();
  for (const { rater, costUsd, look } of offered) {
    const price = prices.get(rater) ?? { usd: 0, looks: 0 };
    prices.set(rater, { usd: price.usd + (costUsd ?? look.calls), looks: price.looks + 1 });
  }
  return [...prices]
    .sort(([a, x], [b, y]) => x.usd / x.looks - y.usd / y.looks || (a < b ? -1 : 1))
    .map(([rater]) => [rater]);
}

/** First samples of stage after stage, then second samples, and so on. */
function roundsOf(offered: readonly OfferedLook[], stages: readonly (readonly string[])[]): OfferedLook[][] {
  const samples = [...new Set(offered.map(({ look }) => look.sample))].sort((a, b) => a - b);
  return samples
    .flatMap((sample) =>
      stages.map((stage) =>
        offered.filter(({ rater, look }) => look.sample === sample && stage.includes(rater)),
      ),
    )
    .filter((round) => round.length > 0);
}
