import type { Item } from '../../domain/item.ts';
import type { Vote } from '../../domain/vote.ts';
import type { Allocation, ItemAllocation, ItemBelief, OfferedLook } from '../../ports/allocation.ts';
import { blockOf, learntBefore } from './blocks.ts';
import { ItemPosterior } from './item-posterior.ts';
import { type LookBundle, OpenLooks } from './look-bundles.ts';
import { pricesOf } from './look-price.ts';
import { duelsOf, valueOfReading } from './look-value.ts';
import { Pace, type PaceStep } from './pace.ts';
import { PanelLearner } from './panel-learner.ts';
import { openPanel, type PanelModel } from './panel-model.ts';

export interface AdaptiveOptions {
  /** Stop an item when its chance of being wrong falls below this; null asks on as long as it pays. */
  readonly targetError?: number | null;
  /** What an item may cost on average; hard items spend what easy ones save. Null: no limit but the target. */
  readonly usdPerItem?: number | null;
  /** How many items there are in all, if known: savings can then be spent to the last item. */
  readonly items?: number | null;
  readonly maxCallsPerItem?: number | null;
  /** Keep every reading, so that `conclude` can weigh the early items with what was learnt later. */
  readonly keepReadings?: boolean;
}

interface FinishedAsking {
  readonly posterior: ItemPosterior;
  readonly trail: readonly PaceStep[];
  readonly usd: number;
}

/** What every item of a block is asked under. */
interface BlockPlan {
  readonly model: PanelModel;
  /** Gain per dollar below which asking stops. */
  readonly threshold: number;
}

/**
 * Asks next what is expected to lower the chance of a wrong decision most per dollar, and learns the raters as it goes.
 * What block k of the items teaches is used from block k + 2 on.
 */
export function adaptiveAllocation(options: AdaptiveOptions = {}): Allocation {
  return new Adaptive(options);
}

class Adaptive implements Allocation {
  readonly #options: AdaptiveOptions;
  readonly #learner = new PanelLearner();
  readonly #pace: Pace | null;
  readonly #finished = new Map<number, FinishedAsking>();
  readonly #plans = new Map<number, BlockPlan>();
  readonly #kept = new Map<number, ItemPosterior>();
  #conclusion: PanelModel | null = null;
  #learnt = 0;

  constructor(options: AdaptiveOptions) {
    this.#options = options;
    const { usdPerItem = null, items = null } = options;
    this.#pace = usdPerItem === null ? null : new Pace(usdPerItem, items);
  }

  waitsFor(index: number): number {
    return learntBefore(index);
  }

  begin(item: Item, index: number, offered: readonly OfferedLook[]): ItemAllocation {
    const candidates = item.candidates.map(({ id }) => id);
    const plan = this.#planOf(index);
    const posterior = new ItemPosterior(candidates, offered, plan.model);
    if (this.#options.keepReadings === true) this.#kept.set(index, posterior);
    return new AdaptiveAsking(posterior, offered, plan, this.#options, (asking) => {
      this.#finished.set(index, asking);
    });
  }

  conclude(index: number): ItemBelief | null {
    const posterior = this.#kept.get(index);
    if (posterior === undefined) return null;
    if (this.#conclusion === null) {
      this.#learn(Number.POSITIVE_INFINITY);
      this.#conclusion = this.#learner.model();
    }
    return posterior.under(this.#conclusion).belief();
  }

  /** Takes in the finished items before `upTo`, in the order of the file. */
  #learn(upTo: number): void {
    const indices = [...this.#finished.keys()].filter((index) => index < upTo).sort((a, b) => a - b);
    for (const index of indices) {
      const { posterior, trail, usd } = this.#finished.get(index)!;
      this.#finished.delete(index);
      this.#learner.learn(posterior);
      this.#pace?.finish(trail, usd);
    }
    if (Number.isFinite(upTo)) this.#learnt = upTo;
  }

  #planOf(index: number): BlockPlan {
    const { number, start } = blockOf(index);
    const known = this.#plans.get(number);
    if (known !== undefined) return known;
    this.#learn(learntBefore(index));
    const plan: BlockPlan = {
      model: this.#learnt === 0 ? openPanel : this.#learner.model(),
      threshold: this.#pace?.threshold(start - this.#learnt) ?? 0,
    };
    this.#plans.set(number, plan);
    this.#plans.delete(number - 3);
    return plan;
  }
}

class AdaptiveAsking implements ItemAllocation {
  readonly #posterior: ItemPosterior;
  readonly #open: OpenLooks;
  readonly #plan: BlockPlan;
  readonly #targetError: number;
  readonly #trail: PaceStep[] = [];
  readonly #finish: (asking: FinishedAsking) => void;
  #freeRound: OfferedLook[];
  #callsLeft: number;
  #usd = 0;

  constructor(
    posterior: ItemPosterior,
    offered: readonly OfferedLook[],
    plan: BlockPlan,
    { targetError, maxCallsPerItem }: AdaptiveOptions,
    finish: (asking: FinishedAsking) => void,
  ) {
    this.#posterior = posterior;
    this.#open = new OpenLooks(offered, pricesOf(offered));
    this.#plan = plan;
    this.#targetError = targetError ?? 0;
    this.#callsLeft = maxCallsPerItem ?? Number.POSITIVE_INFINITY;
    this.#finish = finish;
    this.#freeRound = this.#open.free();
  }

  /** What costs nothing goes first: a veto may end the item before anything is paid. */
  next(): readonly OfferedLook[] {
    if (this.#freeRound.length > 0) {
      const round = this.#freeRound;
      this.#freeRound = [];
      return this.#take(round);
    }
    const best = this.#isDecided() ? null : this.#mostPerDollar();
    if (best !== null) {
      this.#trail.push({ rate: best.rate, usd: best.usd });
      if (best.rate > this.#plan.threshold) return this.#take(best.looks);
    }
    this.#finish({ posterior: this.#posterior, trail: this.#trail, usd: this.#usd });
    return [];
  }

  record(_offered: OfferedLook, votes: readonly Vote[], costUsd: number | null): void {
    this.#usd += costUsd ?? 0;
    this.#posterior.record(votes);
  }

  belief(): ItemBelief {
    return this.#posterior.belief();
  }

  #isDecided(): boolean {
    if (this.#posterior.alive().length < 2) return true;
    return this.#posterior.taken.length > 0 && 1 - this.#posterior.belief().probability < this.#targetError;
  }

  #mostPerDollar(): { looks: readonly OfferedLook[]; rate: number; usd: number } | null {
    const duels = duelsOf(this.#posterior.state, this.#posterior.alive());
    // Nobody is dropped unseen: the first round is about every candidate.
    const whole = this.#trail.length === 0;
    let best: (LookBundle & { rate: number }) | null = null;
    for (const bundle of this.#open.bundles(this.#posterior, duels, whole)) {
      if (callsOf(bundle.looks) > this.#callsLeft) continue;
      const rate = valueOfReading(bundle.prospects, duels) / bundle.usd;
      if (best === null || rate > best.rate) best = { ...bundle, rate };
    }
    if (best === null || best.rate <= 0) return null;
    return { looks: best.looks, rate: best.rate, usd: this.#open.priceOf(best.looks) };
  }

  #take(looks: readonly OfferedLook[]): readonly OfferedLook[] {
    this.#callsLeft -= callsOf(looks);
    for (const look of looks) this.#open.take(look);
    return looks;
  }
}

function callsOf(looks: readonly OfferedLook[]): number {
  return looks.reduce((sum, { look }) => sum + look.calls, 0);
}
