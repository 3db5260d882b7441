/**
 * How often each value was given to each unit: what every chance-corrected agreement needs to know.
 * @example
 * const counts: UnitCounts = countUnits([[1, 1], [1, 0]]);
 */
export interface UnitCounts {
  /** The distinct values, ascending. */
  readonly values: readonly number[];
  /** Per unit the indices of the values that occur and how often, parallel lists. */
  readonly units: readonly Unit[];
}

/**
 * The ratings of one unit: the indices of its values, how often each occurs, and how many ratings there are.
 * @example
 * const unit: Unit = { value: [0, 1], count: [2, 1], total: 3 };
 */
export interface Unit {
  readonly value: readonly number[];
  readonly count: readonly number[];
  readonly total: number;
}

/**
 * Counts ratings unit by unit. Missing ratings are null; a rating that is not finite throws.
 * @param ratings per unit the values of its raters, in any order
 * @param declared values that count as categories even where no rater used them
 * @example
 * countUnits([[1, 1], [1, 0], [0, null]]).values; // [0, 1]
 */
export function countUnits(
  ratings: readonly (readonly (number | null)[])[],
  declared: readonly number[] = [],
): UnitCounts {
  const distinct = new Set(declared);
  for (const unit of ratings) {
    for (const value of unit) {
      if (value === null) continue;
      if (!Number.isFinite(value))
        throw new RangeError(`a rating must be a finite number, received ${value}`);
      distinct.add(value);
    }
  }
  const values = [...distinct].sort((a, b) => a - b);
  const indexOf = new Map(values.map((value, index) => [value, index]));
  const units = ratings.map((unit) => {
    const counts = new Map<number, number>();
    for (const value of unit) {
      if (value !== null) counts.set(indexOf.get(value)!, (counts.get(indexOf.get(value)!) ?? 0) + 1);
    }
    const count = [...counts.values()];
    return { value: [...counts.keys()], count, total: count.reduce((sum, one) => sum + one, 0) };
  });
  return { values, units };
}

/**
 * Turns a table coder x unit into unit x coder.
 * @example
 * byUnit([[1, 0], [1, null]]); // [[1, 1], [0, null]]
 */
export function byUnit(ratingsByCoder: readonly (readonly (number | null)[])[]): (number | null)[][] {
  const unitCount = Math.max(0, ...ratingsByCoder.map((coder) => coder.length));
  return Array.from({ length: unitCount }, (_, unit) => ratingsByCoder.map((coder) => coder[unit] ?? null));
}

/**
 * How the disagreement of two categories grows with their distance (Cohen 1968); `identity` counts all alike.
 * @example
 * const scheme: WeightScheme = 'quadratic';
 */
export type WeightScheme = 'identity' | 'linear' | 'quadratic';

/**
 * Agreement weight of two category positions on a scale of length `range`: 1 when equal, 0 at the ends (Cohen 1968).
 * @example
 * agreementWeight('linear', 0, 1, 4); // 0.75
 */
export function agreementWeight(scheme: WeightScheme, a: number, b: number, range: number): number {
  if (a === b) return 1;
  if (scheme === 'identity' || range === 0) return 0;
  const share = Math.abs(a - b) / range;
  return 1 - (scheme === 'linear' ? share : share * share);
}
