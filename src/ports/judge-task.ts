import type { Candidate, Item } from '../domain/item.ts';
import type { Criterion, Rubric } from '../domain/rubric.ts';

/** A judge's question as data: the content of a prompt before it is rendered. */
export interface JudgeTask {
  readonly mode: 'pairwise' | 'pointwise' | 'listwise';
  readonly rubric: Rubric;
  readonly item: Item;
  /** In the order in which the judge sees them; one for pointwise, two for pairwise. */
  readonly shown: readonly Candidate[];
  readonly criterion?: Criterion;
  /** Id of the constitution principle that is asked about, instead of the judge's own rubric. */
  readonly principle?: string;
}
