import type { Candidate, Item } from '../domain/item.ts';
import type { Criterion, Rubric } from '../domain/rubric.ts';

/** A judge's question as data: what a rendered prompt says, before it is words. */
export interface JudgeTask {
  readonly mode: 'pairwise' | 'pointwise' | 'listwise';
  readonly rubric: Rubric;
  readonly item: Item;
  /** In the order in which the judge sees them; one for pointwise, two for pairwise. */
  readonly shown: readonly Candidate[];
  readonly criterion?: Criterion;
  /** The principle of a constitution that is asked about, in place of the judge's own rubric. */
  readonly principle?: string;
}
