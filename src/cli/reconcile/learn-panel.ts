import type { Item } from '../../domain/item.ts';
import type { Vote } from '../../domain/vote.ts';
import { BestByLabels } from '../../engine/allocation/best-by-labels.ts';
import { labelledItems, learnFromLabels } from '../../engine/allocation/learn-from-labels.ts';
import { type PanelRecord, recordPanel } from '../../engine/allocation/panel-file.ts';
import { VoteLedger } from '../../engine/allocation/vote-ledger.ts';
import type { ReconcileInput } from '../../reconcile/reconcile.ts';
import { matchesAny } from '../../reconcile/tables/rater-globs.ts';

/** What an adaptive run needs to know of its raters. Null where too few items are labelled. */
export async function learnPanel(
  input: ReconcileInput,
  raters: readonly string[],
): Promise<PanelRecord | null> {
  const labels = new BestByLabels();
  for await (const label of input.labels ?? []) labels.add(label);
  const wanted = new Set(labels.items());
  const votes: Vote[] = [];
  for await (const vote of input.votes) {
    const isMachine = vote.rater_kind !== 'gold' && vote.rater_kind !== 'human';
    if (isMachine && wanted.has(vote.item) && matchesAny(vote.rater, raters)) votes.push(vote);
  }
  const items: Item[] = [];
  for await (const item of input.items ?? []) if (wanted.has(item.id)) items.push(item);
  const panel = learnFromLabels(labelledItems(labels, new VoteLedger(votes), items));
  return panel === null ? null : recordPanel(panel);
}
