import type { GateResult } from '../../domain/gate.ts';
import type { GateSettings } from '../../domain/gate-settings.ts';
import type { Vote } from '../../domain/vote.ts';
import { writeJsonLines } from '../../files/write-lines.ts';
import { drawBatches } from '../../gate/evaluation/draw-batches.ts';
import { evaluateGate, type GateContext } from '../../gate/evaluation/evaluate-gate.ts';
import { GateTable } from '../../gate/evaluation/gate-table.ts';
import { isSettled } from '../../gate/evaluation/is-settled.ts';
import type { PairedResponses } from '../../gate/evaluation/pair-responses.ts';
import type { PairedItem } from '../../gate/evaluation/paired-item.ts';
import type { VoteSource } from './vote-source.ts';

export interface HoldOptions {
  readonly sequential: boolean;
  readonly labels: readonly AsyncIterable<Vote>[];
  /** Where the votes go, as JSONL; null: nowhere. */
  readonly writeVotes: string | null;
  /** What only the caller knows, once the votes are in. @param hashes of the rubrics that the votes name */
  readonly describe: (
    hashes: readonly string[],
  ) => Promise<Omit<GateContext, 'sequential' | 'notJudged' | 'refused'>>;
}

/** Asks, looks and decides: everything at once, or batch by batch until the answer is clear. */
export async function holdGate(
  source: VoteSource,
  { items }: PairedResponses,
  settings: GateSettings,
  options: HoldOptions,
): Promise<{ readonly result: GateResult; readonly votes: number }> {
  const table = new GateTable(items, settings);
  const kept: Vote[] = [];
  const take = async (votes: AsyncIterable<Vote>) => {
    for await (const vote of votes) {
      table.add(vote);
      if (options.writeVotes !== null) kept.push(vote);
    }
  };
  for (const labels of options.labels) for await (const label of labels) table.addLabel(label);
  const { sequential } = options;
  // what costs nothing is looked at everywhere, before anybody is paid
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
  if (options.writeVotes !== null) await writeJsonLines(options.writeVotes, kept);
  const context = await options.describe([...table.rubricHashes].sort());
  const result = evaluateGate(
    { items: asked, checked: items, table, settings, look: sequential ? 'last_look' : 'fixed' },
    {
      ...context,
      notJudged: items.length - asked.length,
      refused: source.refused,
      sequential: sequential
        ? {
            looks,
            stopped_early: asked.length < items.length && source.refused === null,
            items_judged: asked.length,
          }
        : null,
    },
  );
  return { result, votes: kept.length };
}
