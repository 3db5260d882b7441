import type { GateQuorum } from '../../domain/gate.ts';
import type { GateSettings } from '../../domain/gate-settings.ts';
import { scoresOf, winsOf } from './criterion-values.ts';
import type { GateTable } from './gate-table.ts';
import type { PairedItem } from './paired-item.ts';

/** Quorum and completeness of the votes. */
export interface Coverage {
  readonly quorum: GateQuorum;
  readonly withoutVotes: number;
  readonly unpairedScores: number;
  readonly flips: number;
  /** By rater: pairs judged in both orders, and those in which the two verdicts contradict each other. */
  readonly orderConsistency: ReadonlyMap<string, { readonly both: number; readonly flipped: number }>;
}

/** Measures quorum and coverage. A rater is decisive on an item if it gave a verdict or a tie and did not contradict itself
 * in the other order, or if it scored both responses.
 */
export function measureQuorum(
  items: readonly PairedItem[],
  table: GateTable,
  { quorum: { raters, share } }: Pick<GateSettings, 'quorum'>,
): Coverage {
  let quorate = 0;
  let withoutVotes = 0;
  let unpairedScores = 0;
  let flips = 0;
  const orderConsistency = new Map<string, { both: number; flipped: number }>();
  for (const { id } of items) {
    const row = table.row(id);
    const voted = new Set<string>();
    const decisive = new Set<string>();
    for (const { rater, flipped } of winsOf(row, table.raterKinds)) {
      voted.add(rater);
      if (flipped !== true) decisive.add(rater);
      if (flipped === null) continue;
      const own = orderConsistency.get(rater) ?? { both: 0, flipped: 0 };
      own.both += 1;
      own.flipped += flipped ? 1 : 0;
      flips += flipped ? 1 : 0;
      orderConsistency.set(rater, own);
    }
    for (const { rater } of scoresOf(row, table.raterKinds, null)) {
      voted.add(rater);
      decisive.add(rater);
    }
    if (voted.size === 0) withoutVotes += 1;
    if (decisive.size >= raters) quorate += 1;
    unpairedScores += row.panel.unpairedScores;
  }
  const quorateShare = items.length === 0 ? 0 : quorate / items.length;
  return {
    quorum: { reached: quorateShare >= share, raters, share, quorate_share: quorateShare },
    withoutVotes,
    unpairedScores,
    flips,
    orderConsistency,
  };
}
