/** How one rater is taken to read. Variances are in squared units of quality. */
export interface RaterModel {
  /** The middle of its scores, and the difference in score that stands for one unit of quality; a stated scale overrides both. */
  readonly center: number;
  readonly spread: number;
  /** How much milder it is than the others, in units of quality. */
  readonly bias: number;
  /** How much an item as a whole makes it milder or stricter than the others. */
  readonly leniency: number;
  /** What it alone sees in one response, whenever it is asked again: the reason why repeating a rater saturates. */
  readonly taste: number;
  /** What changes from sample to sample, rounding to whole scores included. */
  readonly noise: number;
  /** Variance of a verdict on a pair in both orders, +1 or -1, as a reading of the difference. */
  readonly doubt: number;
  /** -1 for a rater that labels show to be wrong more often than right: it is believed the other way round. */
  readonly direction: 1 | -1;
}

/** What is known of the panel before an item is asked about. */
export interface PanelModel {
  /** How far the items as wholes differ. */
  readonly level: number;
  /** How far the responses of one item differ. */
  readonly quality: number;
  /** What the raters of one family see alike in a response, and others do not. */
  readonly family: number;
  readonly raters: ReadonlyMap<string, RaterModel>;
  /** Stands for a rater that nothing is known of, apart from its scale. */
  readonly unknownRater: RaterModel;
}

/**
 * What is believed of any panel before its first vote: a quarter of the scale is one unit of quality (the standard
 * deviation of an even spread over the scale is 0.29 of it), and a rater's own taste, its family's and its noise are
 * each a tenth of the quality that it reads. Plans barely depend on these; see docs/allocation.md.
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
 * Of scores without a scale, such as a reward model's: nobody says what they are good for, and of two answers the
 * recorded ones give the better one the higher score 62 times in 100.
 */
export const bareScores = { leniency: 1, taste: 1.6, noise: 0.3 } as const;

/** Center and spread of a rater that states its scale. */
export function scaled(model: RaterModel, [min, max]: readonly [number, number]): RaterModel {
  return { ...model, center: (min + max) / 2, spread: (max - min) / 4 };
}
