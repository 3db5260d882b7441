import type { GateFloorResult, GateResult, GateRubric, GateSide } from '../../domain/gate.ts';
import { defaultCriterion, type GateCriterionSpec, type GateSettings } from '../../domain/gate-settings.ts';
import { hashValue } from '../../files/content-hash.ts';
import { decideCriteria } from '../decision/decide-criteria.ts';
import { decideFloor, type Findings } from '../decision/decide-floor.ts';
import { decideGate } from '../decision/decide-gate.ts';
import type { LookKind } from '../decision/measure.ts';
import { scoresOf, winsOf } from './criterion-values.ts';
import type { GateTable } from './gate-table.ts';
import { hypothesesOf } from './hypotheses.ts';
import { listRegressions } from './list-regressions.ts';
import { type Coverage, measureQuorum } from './measure-quorum.ts';
import type { PairedItem, Side } from './paired-item.ts';

export interface GateInput {
  /** In the order in which they were drawn, which a sequential gate needs. Items that were not asked about are not here. */
  readonly items: readonly PairedItem[];
  /** Every item of the gate, asked about or not: free checks have seen them all. Default: `items`. */
  readonly checked?: readonly PairedItem[];
  readonly table: GateTable;
  readonly settings: GateSettings;
  readonly look: LookKind;
}

/** What the evaluation cannot know by itself. */
export interface GateContext {
  readonly candidate: GateSide;
  readonly baseline: GateSide;
  readonly onlyCandidate: readonly string[];
  readonly onlyBaseline: readonly string[];
  readonly notAsked: number;
  /** Why not everybody could be asked: the budget is spent. */
  readonly refused: Error | null;
  readonly sequential: GateResult['sequential'];
  readonly rubrics: readonly GateRubric[];
  readonly costUsd: number | null;
  readonly warnings: readonly string[];
}

/** What an answer rests on; cheap enough to be asked for after every batch. */
export function groundsOf(input: GateInput) {
  const { items, checked = items, table, settings, look } = input;
  const criteria = settings.criteria ?? [evaluationCriterion(items, table)];
  const { tested, small } = hypothesesOf(criteria, items, checked, table);
  const results = decideCriteria(tested, settings, look);
  const floors = floorsOf(input);
  const attendance = measureQuorum(items, table, settings);
  const decided = decideGate({ criteria: results, floors, quorum: attendance.quorum });
  return { criteria, results, floors, attendance, small, ...decided };
}

/** Decides on what is in the table. Pure: equal inputs give equal results, and equal ids. */
export function evaluateGate(input: GateInput, context: GateContext): GateResult {
  const { items, table, settings } = input;
  const { criteria, results, floors, attendance, small, ...decided } = groundsOf(input);
  const { quorum } = attendance;
  const { answer, reasons } = context.refused === null ? decided : outOfMoney(decided, context);
  const corrected = results.some(
    ({ measured }) => measured?.method === 'prediction_powered' || measured?.method === 'error_corrected',
  );
  const result: Omit<GateResult, 'id'> = {
    kind: 'gate_result',
    version: 1,
    answer,
    reasons,
    candidate: context.candidate,
    baseline: context.baseline,
    alpha: settings.alpha,
    power: settings.power,
    multiplicity: settings.multiplicity,
    criteria: results,
    floors,
    counts: {
      items: items.length,
      only_candidate: context.onlyCandidate,
      only_baseline: context.onlyBaseline,
      not_asked: context.notAsked,
      without_votes: attendance.withoutVotes,
      one_sided: attendance.oneSided,
      flips: attendance.flips,
      ...table.counts,
    },
    quorum,
    sequential: context.sequential,
    regressions: listRegressions(input.checked ?? items, table, criteria, settings.worst),
    rubrics: context.rubrics,
    has_llm_judge: table.llmTookPart,
    basis: corrected ? 'labelled' : 'panel_only',
    cost_usd: context.costUsd,
    warnings: [
      ...context.warnings,
      ...unsteadyRaters(attendance),
      ...small.map(
        ({ criterion, slice, items: count }) =>
          `${criterion}: ${slice} has ${count} items, too few to be tested by itself`,
      ),
    ],
  };
  return { id: hashValue(result), ...result };
}

/** What was not asked for want of money was not left out at random: only a broken floor stands. */
function outOfMoney(
  { answer, reasons }: Pick<GateResult, 'answer' | 'reasons'>,
  { refused }: GateContext,
): Pick<GateResult, 'answer' | 'reasons'> {
  return { answer: answer === 'fail' ? 'fail' : 'inconclusive', reasons: [refused!.message, ...reasons] };
}

/** The evaluation metric where none is named: wins where anybody compared, else scores. */
function evaluationCriterion(items: readonly PairedItem[], table: GateTable): GateCriterionSpec {
  let scored = false;
  for (const { id } of items) {
    const row = table.row(id);
    if (!winsOf(row, table.raterKinds).next().done) return defaultCriterion('win_rate');
    scored ||= !scoresOf(row, table.raterKinds, null).next().done;
  }
  return defaultCriterion(scored ? 'score' : 'win_rate');
}

function floorsOf({ items, checked = items, table, settings }: GateInput): readonly GateFloorResult[] {
  return settings.floors.flatMap((spec) => {
    const count = (side: Side): Findings => {
      const found = checked.map(({ id }) => table.row(id).findings.of(spec.metric, side, spec.rules));
      return {
        checked: found.filter((finding) => finding !== null).length,
        found: found.filter((finding) => finding === true).length,
      };
    };
    const result = decideFloor(spec, count('candidate'), count('baseline'), settings.alpha);
    return result === null ? unchecked(spec) : [result];
  });
}

/** A floor that somebody set and nobody can check is not kept silently; the floors of the defaults apply where they can. */
function unchecked(spec: GateSettings['floors'][number]): readonly GateFloorResult[] {
  if (!spec.named) return [];
  const none = { checked: 0, found: 0 };
  const { id, metric } = spec;
  const reason = 'nobody looked: no rater of the panel can find it';
  return [{ id, metric, answer: 'inconclusive', reason, candidate: none, baseline: none, rate_upper: null }];
}

/** Somebody who draws lots gives the same answer in both orders half of the time. */
function unsteadyRaters({ orderConsistency }: Coverage): readonly string[] {
  return [...orderConsistency].flatMap(([rater, { both, flipped }]) =>
    both >= 10 && flipped * 2 >= both
      ? [
          `${rater} changes its verdict with the order on ${flipped} of ${both} items: it judges no better than chance`,
        ]
      : [],
  );
}
