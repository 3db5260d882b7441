import { RateTally } from './rate-tally.ts';
import { WeightTable } from './weight-table.ts';

export type RateName = Exclude<keyof SliceTally, 'authors'>;

/** The counts of one slice of a window: all of it, one category, or one model version. */
export class SliceTally {
  /** Authors with a signal in this slice. */
  readonly authors = new WeightTable();
  readonly positive = new RateTally();
  readonly corrected = new RateTally();
  readonly gaps = new RateTally(this.corrected, true);
  readonly collected = new RateTally();
  /** Safety flags of interactions, or of responses with feedback if no interactions were recorded. */
  readonly flagged = new RateTally(this.collected);
  readonly flaggedOfAnswered = new RateTally(this.corrected);
}

/** Maximum values of a breakdown; the rest are merged, since names are external input. */
const mostSlices = 200;
export const otherSlice = '(other)';
export const unnamedSlice = '(none)';

/** Slices of one breakdown by their value. */
export class Breakdown {
  readonly slices = new Map<string, SliceTally>();

  slice(name: string | undefined): SliceTally {
    const known = this.slices.get(name ?? unnamedSlice);
    if (known !== undefined) return known;
    const fresh = this.slices.size < mostSlices ? (name ?? unnamedSlice) : otherSlice;
    const slice = this.slices.get(fresh) ?? new SliceTally();
    this.slices.set(fresh, slice);
    return slice;
  }
}
