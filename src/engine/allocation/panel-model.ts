/** How one rater is taken to read. Values are in units of its own score: see `center` and `spread`. */
export interface RaterModel {
  /** Its mean score, and the standard deviation that stands for one unit of quality. */
  readonly center: number;
  readonly spread: number;
  /** How much an item as a whole makes it milder or stricter than the others. */
  readonly leniency: number;
  /** What it alone sees in one response, whenever it is asked again: the reason why repeating a rater saturates. */
  readonly taste: number;
  /** What changes from sample to sample, rounding to whole scores included. */
  readonly noise: number;
}

/** What is known of the panel before an item is asked about. Variances are in squared units of quality. */
export interface PanelModel {
  /** How far the items as wholes differ. */
  readonly level: number;
  /** How far the responses of one item differ. */
  readonly quality: number;
  /** What the raters of one family see alike in a response, and others do not. */
  readonly family: number;
  readonly raters: ReadonlyMap<string, RaterModel>;
  /** Stands for a rater that nothing is known of. */
  readonly unknownRater: RaterModel;
}

/** The scale of scores in votes that do not say theirs. */
const usualScale = [1, 10] as const;

/**
 * What is believed of a panel before its first vote: a quarter of the scale is one unit of quality, half of what
 * two raters disagree about is taste and half noise.
 */
export function openPanel(scale: readonly [number, number] = usualScale): PanelModel {
  const unknownRater = {
    center: (scale[0] + scale[1]) / 2,
    spread: (scale[1] - scale[0]) / 4,
    leniency: 0.1,
    taste: 0.1,
    noise: 0.1,
  };
  return { level: 0.3, quality: 1, family: 0.05, raters: new Map(), unknownRater };
}
