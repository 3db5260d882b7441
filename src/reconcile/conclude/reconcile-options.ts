import type { RaterModel } from '../estimate/rater-model.ts';
import type { SameFamilyPolicy } from '../tables/pair-table.ts';
import type { HumanPolicy } from './merge-humans.ts';

export interface ReconcileOptions {
  /** Names or globs (`*`) of the raters to hear, `!` in front to leave out; all where absent. */
  readonly raters?: readonly string[] | undefined;
  /** Of the folds. Default 0. */
  readonly seed?: number;
  /** A pair is accepted from this probability on. Default 0.8. */
  readonly accept?: number;
  /** Choose the threshold so that this share of the accepted pairs is right; needs labels. */
  readonly targetPrecision?: number | null;
  /** Raters with a decisive vote below which a pair goes to review. Default 1. */
  readonly quorum?: number;
  /** Default `recuse`. */
  readonly sameFamily?: SameFamilyPolicy;
  /** Default `pool`. */
  readonly humans?: HumanPolicy;
  /** Whether labels may teach that longer answers are better or worse. Default true. */
  readonly lengthEffects?: boolean;
  /** What an earlier `calibrate` learned; used where there are too few labels to learn from. */
  readonly model?: RaterModel | null;
}
