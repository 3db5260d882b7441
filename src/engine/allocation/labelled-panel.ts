import type { PanelModel, RaterModel } from './panel-model.ts';

/** What labels say of one rater. */
export interface LabelledRater {
  /** As its votes alone show it. */
  readonly model: RaterModel;
  /** How much more its readings weigh than that; below 0 they are believed the other way round. */
  readonly trust: number;
  readonly trustIn: ReadonlyMap<string, number>;
}

/** What labels say of a panel: the raters that they speak of are taken to read as they did there. */
export interface LabelledPanel {
  /** Items with a label and votes. */
  readonly items: number;
  readonly raters: ReadonlyMap<string, LabelledRater>;
}

/** A rater is never taken to say this much less, or more, than was believed without labels. */
const leastTrust = 0.05;
const mostTrust = 20;

/** The panel with what labels say of its raters; of the others it keeps what was learnt without. */
export function heed(model: PanelModel, labelled: LabelledPanel | null, category: string | null): PanelModel {
  if (labelled === null) return model;
  const raters = new Map(model.raters);
  for (const [id, { model: rater, trust, trustIn }] of labelled.raters) {
    raters.set(id, trusted(rater, (category === null ? undefined : trustIn.get(category)) ?? trust));
  }
  return { ...model, raters };
}

function trusted(rater: RaterModel, trust: number): RaterModel {
  const factor = Math.min(mostTrust, Math.max(leastTrust, Math.abs(trust)));
  return {
    ...rater,
    taste: rater.taste / factor,
    noise: rater.noise / factor,
    doubt: rater.doubt / factor,
    direction: trust < 0 ? -1 : 1,
  };
}
