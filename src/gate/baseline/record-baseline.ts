import type { GateBaseline, GateResult, GateRubric, GateSide, GateSummary } from '../../domain/gate.ts';

/**
 * Builds the baseline record that later gates compare against.
 * @param facts.result the gate that the responses passed; null without one
 */
export function recordBaseline(
  side: GateSide & { readonly responses_hash: string },
  facts: {
    readonly responses: string;
    readonly items: number;
    readonly rubrics: readonly GateRubric[];
    readonly result: GateResult | null;
  },
): GateBaseline {
  const { responses, items, rubrics, result } = facts;
  return {
    kind: 'gate_baseline',
    version: 1,
    model: side.model,
    responses,
    responses_hash: side.responses_hash,
    items,
    rubrics,
    gate: result === null ? null : summaryOf(result),
  };
}

function summaryOf({ id, baseline, counts, criteria }: GateResult): GateSummary {
  return {
    id,
    baseline: baseline.model ?? baseline.source,
    votes: counts.votes,
    criteria: criteria.map(({ id: criterion, slice, measured }) => ({
      id: criterion,
      slice,
      improvement: measured?.improvement ?? null,
      interval: measured?.interval ?? null,
    })),
  };
}
