import { familyOf } from '../../domain/family.ts';
import type { Item } from '../../domain/item.ts';
import type { Rater, RaterTask } from '../../ports/rater.ts';

/**
 * A judge that is not asked where its votes would not count: reconciliation recuses a judge from every pair of which
 * one author alone is of the family of its model. Under `same_family: keep` or `downweight` it is asked, which the
 * own-family bias of `quorate agree` needs.
 */
export function recusedJudge(judge: Rater): Rater {
  const { id, kind, model, family, fingerprint } = judge;
  const own = familyOf(model);
  if (own === null) return judge;
  const counts = (item: Item) => {
    const written = new Map(item.candidates.map((one) => [one.id, familyOf(one.model) === own]));
    return (task: RaterTask) => canCount(task, written);
  };
  return {
    id,
    kind,
    model,
    family,
    fingerprint,
    tasks: (item) => judge.tasks(item).filter(counts(item)),
    perform: (task, item, context) => judge.perform(task, item, context),
    recusedTasks: (item) => judge.tasks(item).length - judge.tasks(item).filter(counts(item)).length,
  };
}

/** Whether a pair that the task speaks to has two authors of the judge's family, or none. */
function canCount({ candidates }: RaterTask, written: ReadonlyMap<string, boolean>): boolean {
  const [only] = candidates;
  if (candidates.length === 1) {
    // a score counts in pairs with all other responses of the item, or alone
    const others = [...written].filter(([id]) => id !== only);
    return others.length === 0 || others.some(([, own]) => own === written.get(only!));
  }
  const own = candidates.filter((id) => written.get(id) === true).length;
  return !(candidates.length === 2 && own === 1);
}
