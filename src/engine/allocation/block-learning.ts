import type { Item } from '../../domain/item.ts';
import type { ItemEstimate, OfferedTask } from '../../ports/allocation.ts';
import { blockOf, learntBefore } from './blocks.ts';
import { ItemPosterior } from './item-posterior.ts';
import { heed, type LabelledPanel } from './labelled-panel.ts';
import type { Pace, PaceStep } from './pace.ts';
import { PanelLearner } from './panel-learner.ts';
import { openPanel, type PanelModel } from './panel-model.ts';

export interface LearningOptions {
  /** Keep every reading, so that `conclude` can weigh the early items with what was learnt later. */
  readonly keepReadings?: boolean;
  /** What labels say of the raters, as far as it may be used for this item: an item's own label may not. */
  readonly labelled?: (item: Item) => LabelledPanel | null;
}

export interface FinishedAsking {
  readonly posterior: ItemPosterior;
  readonly trail: readonly PaceStep[];
  readonly usd: number;
}

/** What every item of a block is asked under. */
interface BlockPlan {
  readonly model: PanelModel;
  /** Where asking stops, in the unit of the trail; 0 without a pace. */
  readonly threshold: number;
}

/** The belief about an item that is being asked about, and when its asking stops. */
export interface OpenedItem {
  readonly posterior: ItemPosterior;
  readonly threshold: number;
}

/**
 * Learns the raters, and what money buys, as items are finished. What block k of the items teaches is used from block
 * k + 2 on, so the outcome does not depend on timing.
 */
export class BlockLearning {
  readonly #options: LearningOptions;
  readonly #learner = new PanelLearner();
  readonly #pace: Pace | null;
  readonly #finished = new Map<number, FinishedAsking>();
  readonly #plans = new Map<number, BlockPlan>();
  readonly #kept = new Map<number, { readonly item: Item; readonly posterior: ItemPosterior }>();
  #conclusion: PanelModel | null = null;
  #learnt = 0;

  constructor(options: LearningOptions, pace: Pace | null) {
    this.#options = options;
    this.#pace = pace;
  }

  waitsFor(index: number): number {
    return learntBefore(index);
  }

  begin(item: Item, index: number, offered: readonly OfferedTask[]): OpenedItem {
    const { model, threshold } = this.#planOf(index);
    return { posterior: this.open(item, index, offered, model), threshold };
  }

  /** The belief about an item whose asking waits for nothing that is learnt. */
  open(item: Item, index: number, offered: readonly OfferedTask[], model = openPanel): ItemPosterior {
    const candidates = item.candidates.map(({ id }) => id);
    const posterior = new ItemPosterior(candidates, offered, this.#heed(model, item));
    if (this.#options.keepReadings === true) this.#kept.set(index, { item, posterior });
    return posterior;
  }

  finish(index: number, asking: FinishedAsking): void {
    this.#finished.set(index, asking);
  }

  /** What is believed of a finished item in the light of all; null where nothing was kept of it. */
  conclude(index: number): ItemEstimate | null {
    const kept = this.#kept.get(index);
    if (kept === undefined) return null;
    if (this.#conclusion === null) {
      this.#learn(Number.POSITIVE_INFINITY);
      this.#conclusion = this.#learner.model();
    }
    return kept.posterior.under(this.#heed(this.#conclusion, kept.item)).posterior();
  }

  #heed(model: PanelModel, item: Item): PanelModel {
    return heed(model, this.#options.labelled?.(item) ?? null, item.category ?? null);
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
