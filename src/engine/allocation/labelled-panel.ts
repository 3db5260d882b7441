import type { PanelModel, RaterModel } from './panel-model.ts';

/** One rater, fitted to labels. */
export interface LabelledRater {
  /** Fitted to its votes alone. */
  readonly model: RaterModel;
  /** Factor of the weight of its readings; negative where they count for the opposite side. */
  readonly trust: number;
  /** The factor by category. */
  readonly trustIn: ReadonlyMap<string, number>;
}

/** A panel fitted to labels; the fit replaces the learned models of its raters. */
export interface LabelledPanel {
  /** Items with a label and votes. */
  readonly items: number;
  readonly raters: ReadonlyMap<string, LabelledRater>;
}

/** Bounds of the factor that labels may give a rater. */
const minTrust = 0.05;
const maxTrust = 20;

/** Replaces the raters that were fitted to labels; the others keep their learned models. */
export function applyLabels(
  model: PanelModel,
  labelled: LabelledPanel | null,
  category: string | null,
): PanelModel {
  if (labelled === null) return model;
  const raters = new Map(model.raters);
  for (const [id, { model: rater, trust, trustIn }] of labelled.raters) {
    raters.set(id, trusted(rater, (category === null ? undefined : trustIn.get(category)) ?? trust));
  }
  return { ...model, raters };
}

function trusted(rater: RaterModel, trust: number): RaterModel {
  const factor = Math.min(maxTrust, Math.max(minTrust, Math.abs(trust)));
  return {
    ...rater,
    taste: rater.taste / factor,
    noise: rater.noise / factor,
    doubt: rater.doubt / factor,
    direction: trust < 0 ? -1 : 1,
  };
}
