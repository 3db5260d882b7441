import type { GateResult } from '../../domain/gate.ts';
import type { GateSettings } from '../../domain/gate-settings.ts';
import type { Vote } from '../../domain/vote.ts';
import { readVotes } from '../../files/votes.ts';
import type { GateInput } from '../../gate/evaluation/evaluate-gate.ts';
import { GateTable } from '../../gate/evaluation/gate-table.ts';
import { isSettled } from '../../gate/evaluation/is-settled.ts';
import { clusterOf, type PairedItem } from '../../gate/evaluation/paired-item.ts';
import { seededRandom, shuffled } from '../../stats/random.ts';
import type { VoteSource } from './vote-source.ts';

export interface CollectOptions {
  /** Asks batch by batch and stops once the answer is settled. */
  readonly sequential: boolean;
  /** Files with human labels, as votes. */
  readonly labels: readonly string[];
  readonly keepVotes: boolean;
}

/** The table of a gate, filled as far as the decision needs. */
export interface CollectedVotes {
  readonly input: GateInput;
  readonly sequential: GateResult['sequential'];
  /** The votes in the order in which they arrived; empty unless `keepVotes`. */
  readonly votes: readonly Vote[];
}

/** Fills the table of a gate: all items at once, or with `sequential` in batches until the answer is settled. */
export async function collectVotes(
  source: VoteSource,
  items: readonly PairedItem[],
  settings: GateSettings,
  { sequential, labels, keepVotes }: CollectOptions,
): Promise<CollectedVotes> {
  const table = new GateTable(items, settings);
  const votes: Vote[] = [];
  const take = async (given: AsyncIterable<Vote>) => {
    for await (const vote of given) {
      table.add(vote);
      if (keepVotes) votes.push(vote);
    }
  };
  for (const file of labels) for await (const label of readVotes(file)) table.addLabel(label);
  // free checks cover every item before any call is paid for
  await take(source.check(items));
  const batches = sequential ? drawBatches(items, settings.batch, settings.seed) : [items];
  const asked: PairedItem[] = [];
  let looks = 0;
  for (const batch of batches) {
    if (sequential && isSettled({ items: asked, checked: items, table, settings })) break;
    await take(source.ask(batch));
    asked.push(...batch);
    looks += 1;
    if (source.refused !== null) break;
  }
  const stoppedEarly = asked.length < items.length && source.refused === null;
  return {
    input: { items: asked, checked: items, table, settings, look: sequential ? 'last_look' : 'fixed' },
    sequential: sequential ? { looks, stopped_early: stoppedEarly, items_judged: asked.length } : null,
    votes,
  };
}

/** Shuffles the items by seed and cuts them into batches of at least `size` that never split a cluster. A sequential gate
 * judges one batch after the other.
 */
function drawBatches(
  items: readonly PairedItem[],
  size: number,
  seed: number,
): readonly (readonly PairedItem[])[] {
  const clusters = new Map<string, PairedItem[]>();
  for (const item of items) {
    const own = clusters.get(clusterOf(item));
    if (own === undefined) clusters.set(clusterOf(item), [item]);
    else own.push(item);
  }
  const batches: PairedItem[][] = [];
  let open: PairedItem[] = [];
  for (const cluster of shuffled([...clusters.values()], seededRandom(`gate/${seed}`))) {
    open.push(...cluster);
    if (open.length < size) continue;
    batches.push(open);
    open = [];
  }
  if (open.length > 0) batches.push(open);
  return batches;
}
