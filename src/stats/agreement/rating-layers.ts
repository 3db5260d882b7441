/**
 * A unit's ratings of at least some weight, and which part of the unit they make up.
 * @example
 * const layer: RatingLayer = { ratings: [1, null], share: 0.5 };
 */
export interface RatingLayer {
  readonly ratings: readonly (number | null)[];
  readonly share: number;
}

/**
 * Deals one unit into layers by the weight of its ratings: a rating of weight w stands in the share w of the unit. A
 * statistic over units with shares is then weighted: two ratings are compared in the share of the lighter, weight 0
 * leaves out, weights that are all halved halve the unit, and whole ratings make one layer, the unit itself.
 * @param weights in [0, 1], parallel to the ratings
 * @example
 * layersOfUnit([1, 0], [1, 0.5]); // [{ ratings: [1, 0], share: 0.5 }, { ratings: [1, null], share: 0.5 }]
 */
export function layersOfUnit(
  ratings: readonly (number | null)[],
  weights: readonly number[],
): readonly RatingLayer[] {
  const levels = new Set(weights.filter((weight, rater) => weight > 0 && ratings[rater] !== null));
  if (levels.size === 0) return [{ ratings: ratings.map(() => null), share: 1 }];
  let below = 0;
  return [...levels]
    .sort((a, b) => a - b)
    .map((level) => {
      const share = level - below;
      below = level;
      return { ratings: ratings.map((value, rater) => (weights[rater]! >= level ? value : null)), share };
    });
}
