import type { Item } from '../../domain/item.ts';
import type { ItemEstimate, OfferedTask } from '../../ports/allocation.ts';
import { ItemPosterior } from './item-posterior.ts';
import { applyLabels, type LabelledPanel } from './labelled-panel.ts';
import type { Pace, PaceStep } from './pace.ts';
import { PanelLearner } from './panel-learner.ts';
import { openPanel, type PanelModel } from './panel-model.ts';

/** Smallest and largest block; sizes double in between, so that learning starts early without lowering throughput. */
const smallest = 8;
const largest = 64;

/** Number and first item of the block that an item belongs to: 8, 8, 16, 16, 32, 32, then 64 each. */
export function blockOf(index: number): { readonly number: number; readonly start: number } {
  let number = 0;
  let start = 0;
  for (let size = smallest; size < largest; size *= 2) {
    for (let repeat = 0; repeat < 2; repeat += 1) {
      if (index < start + size) return { number, start };
      start += size;
      number += 1;
    }
  }
  const further = Math.floor((index - start) / largest);
  return { number: number + further, start: start + further * largest };
}

/** Number of items that block k learns from: every block up to k - 2, so that two blocks are always under way. */
export function learnedBefore(index: number): number {
  const { start } = blockOf(index);
  return start === 0 ? 0 : blockOf(start - 1).start;
}

export interface LearningOptions {
  /** Keep every reading, so that `conclude` can re-estimate early items with the final panel model. */
  readonly keepReadings?: boolean;
  /** The raters as fitted to labels, without the label of the item itself. */
  readonly labelled?: (item: Item) => LabelledPanel | null;
}

export interface FinishedAsking {
  readonly posterior: ItemPosterior;
  readonly trail: readonly PaceStep[];
  readonly usd: number;
}

/** The model and threshold that all items of a block share. */
interface BlockPlan {
  readonly model: PanelModel;
  /** Rate at which an item stops, in the unit of the trail; 0 without a pace. */
  readonly threshold: number;
}

/** The posterior of an item that is under way, and the rate at which it stops. */
export interface OpenedItem {
  readonly posterior: ItemPosterior;
  readonly threshold: number;
}

/**
 * Updates the panel model and the threshold as items finish. Block k of the items is used from block k + 2 on, so that
 * the outcome does not depend on timing.
 */
export class BlockLearning {
  readonly #options: LearningOptions;
  readonly #learner = new PanelLearner();
  readonly #pace: Pace | null;
  readonly #finished = new Map<number, FinishedAsking>();
  readonly #plans = new Map<number, BlockPlan>();
  readonly #kept = new Map<number, { readonly item: Item; readonly posterior: ItemPosterior }>();
  #conclusion: PanelModel | null = null;
  #learned = 0;

  constructor(options: LearningOptions, pace: Pace | null) {
    this.#options = options;
    this.#pace = pace;
  }

  waitsFor(index: number): number {
    return learnedBefore(index);
  }

  begin(item: Item, index: number, offered: readonly OfferedTask[]): OpenedItem {
    const { model, threshold } = this.#planOf(index);
    return { posterior: this.open(item, index, offered, model), threshold };
  }

  /** The posterior of an item that does not wait for earlier blocks. */
  open(item: Item, index: number, offered: readonly OfferedTask[], model = openPanel): ItemPosterior {
    const candidates = item.candidates.map(({ id }) => id);
    const posterior = new ItemPosterior(candidates, offered, this.#applyLabels(model, item));
    if (this.#options.keepReadings === true) this.#kept.set(index, { item, posterior });
    return posterior;
  }

  finish(index: number, asking: FinishedAsking): void {
    this.#finished.set(index, asking);
  }

  /** Estimate of a finished item under the final panel model; null where its readings were not kept. */
  conclude(index: number): ItemEstimate | null {
    const kept = this.#kept.get(index);
    if (kept === undefined) return null;
    if (this.#conclusion === null) {
      this.#learn(Number.POSITIVE_INFINITY);
      this.#conclusion = this.#learner.model();
    }
    return kept.posterior.under(this.#applyLabels(this.#conclusion, kept.item)).posterior();
  }

  #applyLabels(model: PanelModel, item: Item): PanelModel {
    return applyLabels(model, this.#options.labelled?.(item) ?? null, item.category ?? null);
  }

  /** Learns from the finished items before `upTo`, in the order of the file. */
  #learn(upTo: number): void {
    const indices = [...this.#finished.keys()].filter((index) => index < upTo).sort((a, b) => a - b);
    for (const index of indices) {
      const { posterior, trail, usd } = this.#finished.get(index)!;
      this.#finished.delete(index);
      this.#learner.learn(posterior);
      this.#pace?.finish(trail, usd);
    }
    if (Number.isFinite(upTo)) this.#learned = upTo;
  }

  #planOf(index: number): BlockPlan {
    const { number, start } = blockOf(index);
    const known = this.#plans.get(number);
    if (known !== undefined) return known;
    this.#learn(learnedBefore(index));
    const plan: BlockPlan = {
      model: this.#learned === 0 ? openPanel : this.#learner.model(),
      threshold: this.#pace?.threshold(start - this.#learned) ?? 0,
    };
    this.#plans.set(number, plan);
    this.#plans.delete(number - 3);
    return plan;
  }
}
