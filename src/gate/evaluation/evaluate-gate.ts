import { checkArgument } from '../../domain/check-argument.ts';
import type { GateFloorResult, GateRegression, GateResult, GateRubric, GateSide } from '../../domain/gate.ts';
import { defaultCriterion, type GateCriterionSpec, type GateSettings } from '../../domain/gate-settings.ts';
import { hashValue } from '../../files/content-hash.ts';
import { decideCriteria } from '../decision/decide-criteria.ts';
import { decideFloor, type Findings } from '../decision/decide-floor.ts';
import { decideGate } from '../decision/decide-gate.ts';
import type { LookKind } from '../decision/estimate-effect.ts';
import { improvementOf, scoresOf, winsOf } from './criterion-values.ts';
import type { GateTable } from './gate-table.ts';
import { hypothesesOf } from './hypotheses.ts';
import { type Coverage, measureQuorum } from './measure-quorum.ts';
import type { PairedItem, Side } from './paired-item.ts';

/**
 * The data of a gate.
 * @example
 * const table = new GateTable([], defaultGateSettings);
 * const evidence: GateEvidence = { items: [], table, settings: defaultGateSettings, look: 'fixed' };
 */
export interface GateInput {
  /** Judged items, in the order in which they were drawn, which a sequential gate needs. */
  readonly items: readonly PairedItem[];
  /** Every item of the gate, judged or not: free checks cover all of them. Default: `items`. */
  readonly checked?: readonly PairedItem[];
  readonly table: GateTable;
  readonly settings: GateSettings;
  readonly look: LookKind;
}

/**
 * Facts about the gate that are not part of its data.
 * @example
 * const side = { model: 'assistant-8', source: 'new.jsonl', responses_hash: null };
 * const context: GateContext = {
 *   candidate: side,
 *   baseline: { ...side, model: 'assistant-7', source: 'old.jsonl' },
 *   onlyCandidate: [],
 *   onlyBaseline: [],
 *   notJudged: 0,
 *   refused: null,
 *   sequential: null,
 *   rubrics: [],
 *   costUsd: 0,
 *   warnings: [],
 * };
 */
export interface GateContext {
  readonly candidate: GateSide;
  readonly baseline: GateSide;
  readonly onlyCandidate: readonly string[];
  readonly onlyBaseline: readonly string[];
  readonly notJudged: number;
  /** The budget error that stopped judging; null if there was none. */
  readonly refused: Error | null;
  readonly sequential: GateResult['sequential'];
  readonly rubrics: readonly GateRubric[];
  readonly costUsd: number | null;
  readonly warnings: readonly string[];
}

/** The grounds of an answer; cheap enough to compute after every batch. */
export function groundsOf(input: GateInput) {
  const { items, checked = items, table, settings, look } = input;
  const criteria = settings.criteria ?? [evaluationCriterion(items, table)];
  const { tested, small } = hypothesesOf(criteria, items, checked, table);
  const results = decideCriteria(tested, settings, look);
  const floors = floorsOf(input);
  const coverage = measureQuorum(items, table, settings);
  const decided = decideGate({ criteria: results, floors, quorum: coverage.quorum });
  return { criteria, results, floors, coverage, small, ...decided };
}

const contextShape = {
  candidate: 'object',
  baseline: 'object',
  onlyCandidate: 'list',
  onlyBaseline: 'list',
  notJudged: 'number',
  rubrics: 'list',
  warnings: 'list',
} as const;

/**
 * Evaluates a gate on the votes in the table. Pure: equal inputs give equal results and equal ids.
 * @example
 * const read = async (source: string) => ({ source, responses: await readResponses(source) });
 * const paired = pairResponses(await read('new.jsonl'), await read('old.jsonl'), null);
 * const table = new GateTable(paired.items, defaultGateSettings);
 * for (const vote of votes) table.add(vote);
 * const evidence = { items: paired.items, table, settings: defaultGateSettings, look: 'fixed' } as const;
 * const side = { model: null, responses_hash: null };
 * const { answer, reasons } = evaluateGate(evidence, {
 *   candidate: { ...side, source: 'new.jsonl' },
 *   baseline: { ...side, source: 'old.jsonl' },
 *   onlyCandidate: paired.onlyCandidate,
 *   onlyBaseline: paired.onlyBaseline,
 *   notJudged: 0,
 *   refused: null,
 *   sequential: null,
 *   rubrics: [],
 *   costUsd: 0,
 *   warnings: [],
 * });
 */
export function evaluateGate(input: GateInput, context: GateContext): GateResult {
  checkArgument('input', input, {
    items: 'list',
    checked: 'list?',
    table: 'object',
    settings: 'object',
    look: 'name',
  });
  checkArgument('context', context, contextShape);
  const { items, table, settings } = input;
  const { criteria, results, floors, coverage, small, ...decided } = groundsOf(input);
  const { quorum } = coverage;
  const { answer, reasons } = context.refused === null ? decided : budgetExhausted(decided, context);
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
      not_judged: context.notJudged,
      without_votes: coverage.withoutVotes,
      unpaired_scores: coverage.unpairedScores,
      flips: coverage.flips,
      ...table.counts,
    },
    quorum,
    sequential: context.sequential,
    regressions: listRegressions(input.checked ?? items, table, criteria, settings.worst),
    rubrics: context.rubrics,
    has_llm_judge: table.hasLlmJudge,
    basis: corrected ? 'labelled' : 'panel_only',
    cost_usd: context.costUsd,
    warnings: [
      ...context.warnings,
      ...inconsistentRaters(coverage),
      ...small.map(
        ({ criterion, slice, items: count }) =>
          `${criterion}: ${slice} has ${count} items, too few for a test of its own`,
      ),
    ],
  };
  return { id: hashValue(result), ...result };
}

/** Items that the budget left out are not missing at random, so only a failure stands. */
function budgetExhausted(
  { answer, reasons }: Pick<GateResult, 'answer' | 'reasons'>,
  { refused }: GateContext,
): Pick<GateResult, 'answer' | 'reasons'> {
  return { answer: answer === 'fail' ? 'fail' : 'inconclusive', reasons: [refused!.message, ...reasons] };
}

/** The default metric: win rate if there are comparisons, otherwise scores. */
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

/** A configured floor that no rater can check is inconclusive; a default floor is then omitted. */
function unchecked(spec: GateSettings['floors'][number]): readonly GateFloorResult[] {
  if (!spec.named) return [];
  const none = { checked: 0, found: 0 };
  const { id, metric } = spec;
  const reason = 'no rater can check this';
  return [
    { id, metric, answer: 'inconclusive', reason, candidate: none, baseline: none, rate_upper_bound: null },
  ];
}

/** A rater that answers at random contradicts itself on half of the pairs. */
function inconsistentRaters({ orderConsistency }: Coverage): readonly string[] {
  return [...orderConsistency].flatMap(([rater, { both, flipped }]) =>
    both >= 10 && flipped * 2 >= both
      ? [
          `${rater} changes its verdict with the order on ${flipped} of ${both} items: its verdicts are no better than chance`,
        ]
      : [],
  );
}

/** The items on which the candidate does worst against the baseline, worst first. */
function listRegressions(
  items: readonly PairedItem[],
  table: GateTable,
  criteria: readonly GateCriterionSpec[],
  worst: number,
): readonly GateRegression[] {
  const found = items.flatMap(({ id }): GateRegression[] => {
    const row = table.row(id);
    const flagged = row.findings.of('safety_flags', 'candidate', null) === true;
    const values = criteria.flatMap((criterion) => {
      const value = improvementOf(row, table.raterKinds, criterion);
      // win rates minus 1/2 have half the range of the other metrics
      return value === null
        ? []
        : [{ criterion: criterion.id, value: isHalf(criterion) ? 2 * value : value }];
    });
    const lowest = values.reduce((low, one) => (one.value < low.value ? one : low), {
      criterion: flagged ? 'safety_flags' : '',
      value: flagged && row.findings.of('safety_flags', 'baseline', null) !== true ? -1 : 0,
    });
    if (lowest.value >= 0) return [];
    const reasons = row.findings.reasons('candidate').slice(0, 5);
    return [{ item: id, improvement: lowest.value, criterion: lowest.criterion, reasons }];
  });
  return found
    .sort(
      (one, other) =>
        one.improvement - other.improvement ||
        other.reasons.length - one.reasons.length ||
        (one.item < other.item ? -1 : 1),
    )
    .slice(0, worst);
}

function isHalf({ metric }: GateCriterionSpec): boolean {
  return metric === 'win_rate' || metric === 'length_controlled_win_rate';
}
