/** A range that holds the truth with the stated confidence. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}
