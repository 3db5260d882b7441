import type { Item } from '../domain/item.ts';
import type { Preference } from '../domain/preference.ts';
import type { Vote } from '../domain/vote.ts';
import type { ReconcileOptions } from './conclude/reconcile-options.ts';
import { type Conclusion, VoteCollection } from './vote-collection.ts';

export type { ReconcileOptions } from './conclude/reconcile-options.ts';

type Stream<T> = AsyncIterable<T> | Iterable<T>;

export interface ReconcileInput {
  readonly votes: Stream<Vote>;
  /** Category, cluster, length and authors are used where items are given. */
  readonly items?: Stream<Item>;
  /** Labels of people or gold; votes of raters of these kinds among the votes are labels too. */
  readonly labels?: Stream<Vote>;
}

export interface Reconciliation extends Omit<Conclusion, 'preferences'> {
  readonly preferences: readonly Preference[];
}

/** What the votes add up to, pair by pair. The order of the votes has no influence on the result. */
export async function reconcile(
  input: ReconcileInput,
  options: ReconcileOptions = {},
): Promise<Reconciliation> {
  const collection = new VoteCollection(options);
  for await (const item of input.items ?? []) collection.addItem(item);
  for await (const vote of input.votes) collection.add(vote);
  for await (const label of input.labels ?? []) collection.addLabel(label);
  const conclusion = collection.conclude();
  return { ...conclusion, preferences: [...conclusion.preferences] };
}
