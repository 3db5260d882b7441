/** Parameters of one rater. Variances are in squared units of quality. */
export interface RaterModel {
  /** The middle of its scores, and the difference in score that stands for one unit of quality; a stated scale overrides both. */
  readonly center: number;
  readonly spread: number;
  /** Mean difference from the other raters, in units of quality. */
  readonly bias: number;
  /** Variance of its difference from the others that a whole item has in common. */
  readonly leniency: number;
  /** Variance of its own effect on one response, which repeats with every sample: why repeating a rater saturates. */
  readonly taste: number;
  /** Variance from sample to sample, rounding to whole scores included. */
  readonly noise: number;
  /** Variance of a verdict on a pair in both orders, +1 or -1, as a reading of the difference. */
  readonly doubt: number;
  /** -1 for a rater that labels show to be wrong more often than right: its readings count for the opposite side. */
  readonly direction: 1 | -1;
}

/** Parameters of the panel. */
export interface PanelModel {
  /** Variance between items. */
  readonly level: number;
  /** Variance between the responses of one item. */
  readonly quality: number;
  /** Variance of the effect on one response that the raters of a family share. */
  readonly family: number;
  readonly raters: ReadonlyMap<string, RaterModel>;
  /** Parameters of a rater without finished items. */
  readonly unknownRater: RaterModel;
}

/**
 * Prior of any panel: a quarter of the scale is one unit of quality (the standard deviation of a uniform distribution over
 * the scale is 0.29 of it), and a rater's own effect, its family's and its noise each have a tenth of the variance of
 * quality. Plans barely depend on these; see docs/explanation/allocation.md.
 */
export const openPanel: PanelModel = {
  level: 0.3,
  quality: 0.85,
  family: 0.1,
  raters: new Map(),
  unknownRater: {
    center: 0,
    spread: 1,
    bias: 0,
    leniency: 0.04,
    taste: 0.12,
    noise: 0.08,
    doubt: 2.5,
    direction: 1,
  },
};

/**
 * Prior for scores without a scale, such as a reward model's: their accuracy is unknown, and the recorded ones give the
 * better of two answers the higher score 62 times in 100.
 */
export const unscaledScores = { leniency: 1, taste: 1.6, noise: 0.3 } as const;

/** Center and spread of a rater that states its scale. */
export function scaled(model: RaterModel, [min, max]: readonly [number, number]): RaterModel {
  return { ...model, center: (min + max) / 2, spread: (max - min) / 4 };
}
