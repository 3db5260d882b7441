import type { CleaningStage, EventDecision } from '../../domain/feedback-event.ts';
import type { CleaningSettings } from '../../domain/feedback-settings.ts';
import type { Conflicts } from './conflicts.ts';
import { duplicateReasons } from './duplicates.ts';
import { type EventTable, fingerprintOf } from './event-table.ts';
import { explainAuthor } from './explain-author.ts';
import type { AuthorQuality } from './quality.ts';
import type { Suspicion } from './suspect-authors.ts';

/** The results of all stages. */
export interface CleaningParts {
  readonly table: EventTable;
  readonly duplicate: Int8Array;
  readonly suspicion: Suspicion;
  /** Weight of each author from the machine test: 0 quarantined, 1 not in doubt. */
  readonly trust: Float64Array;
  readonly quality: AuthorQuality;
  readonly conflicts: Conflicts;
  readonly settings: CleaningSettings;
}

interface Judgement {
  readonly stage: CleaningStage;
  readonly weight: number;
  readonly reasons: readonly string[];
}

/** Weights have three digits: finer differences are noise and would fill the log. */
const digits = 1000;

/** Decisions that differ from those in force, in the order of arrival. */
export function* decideEvents(
  parts: CleaningParts,
  { cleaning, at }: { readonly cleaning: string; readonly at: string },
): Generator<EventDecision> {
  const { table, suspicion, settings } = parts;
  const explained = new Map<number, readonly string[]>();
  const explain = (author: number) => {
    const known = explained.get(author) ?? explainAuthor(table, suspicion, author, settings);
    explained.set(author, known);
    return known;
  };
  for (let row = 0; row < table.size; row += 1) {
    const before = table.decided[row]!;
    if (before === 1) continue;
    const now = judge(parts, row, explain);
    if (now === null && before === 0) continue;
    const said = now ?? { stage: 'conflict', weight: 1, reasons: ['no evidence against it any more'] };
    if (before === fingerprintOf(said)) continue;
    yield { event: table.ids.text(row), ...said, cleaning, at };
  }
}

/** The deciding stage with the reasons of all contributing stages; null if the event keeps weight 1. */
function judge(
  { table, duplicate, suspicion, trust, quality, conflicts }: CleaningParts,
  row: number,
  explain: (author: number) => readonly string[],
): Judgement | null {
  if (duplicate[row] !== 0)
    return { stage: 'duplicate', weight: 0, reasons: [duplicateReasons[duplicate[row]!]!] };
  const author = table.author[row]!;
  if (suspicion.trusted[author] === 0) return { stage: 'spam', weight: 0, reasons: explain(author) };
  let stage: CleaningStage | null = null;
  const reasons: string[] = [];
  const human = trust[author]!;
  if (rounded(human) < 1) {
    stage = 'spam';
    reasons.push(`weight ${rounded(human)}: possibly a machine; for review`, ...explain(author));
  }
  const worth = rounded(quality.weight[author]!);
  if (worth < 1) {
    stage = 'quality';
    reasons.push(
      `weight ${worth}: ${quality.compared[author]} opinions of the author compared with others, skill ${quality.skill[author]!.toFixed(2)} (average ${quality.averageSkill.toFixed(2)})`,
    );
  }
  const conflict = conflictReason(table, conflicts, row);
  if (conflict !== null) {
    stage = 'conflict';
    reasons.push(conflict);
  }
  if (stage === null) return null;
  return { stage, weight: rounded(human * quality.weight[author]! * conflicts.factor[row]!), reasons };
}

function conflictReason(table: EventTable, conflicts: Conflicts, row: number): string | null {
  const factor = rounded(conflicts.factor[row]!);
  if (factor === 1) return null;
  if (conflicts.self[row] === 1)
    return `weight ${factor}: the author called this response both good and bad; for review`;
  const [good, bad] = [conflicts.good, conflicts.bad].map((side) => side[table.response[row]!]!.toFixed(1));
  return `weight ${factor}: authors disagree about this response, ${good} for and ${bad} against; for review`;
}

function rounded(weight: number): number {
  return Math.round(weight * digits) / digits;
}
