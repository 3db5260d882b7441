import { RateTally } from './rate-tally.ts';
import { WeightTable } from './weight-table.ts';

export type RateName = Exclude<keyof SliceTally, 'people'>;

/** Everything that is counted of one slice of a window: all of it, one category, or one model version. */
export class SliceTally {
  /** Who gave a signal in this slice. */
  readonly people = new WeightTable();
  readonly positive = new RateTally();
  readonly corrected = new RateTally();
  readonly gaps = new RateTally(this.corrected, true);
  readonly collected = new RateTally();
  /** Safety flags of interactions, and of responses with feedback where no interactions were recorded. */
  readonly flagged = new RateTally(this.collected);
  readonly flaggedOfAnswered = new RateTally(this.corrected);
}

/** Beyond this many values a breakdown lumps the rest together: names come from outside. */
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
