import type { GateAnswer, GateResult } from '../../src/domain/gate.ts';

/** A gate's result as `quorate gate --json` prints it, made up. */
export function gateResult(
  candidate: string | null,
  baseline: string | null,
  answer: GateAnswer,
): GateResult {
  const side = (model: string | null) => ({ model, source: `${model}.jsonl`, responses_hash: null });
  return {
    kind: 'gate_result',
    version: 1,
    id: `${candidate} against ${baseline}: ${answer}`,
    answer,
    reasons: [`win_rate: ${answer}`],
    candidate: side(candidate),
    baseline: side(baseline),
    alpha: 0.05,
    power: 0.8,
    multiplicity: 'holm',
    criteria: [],
    floors: [],
    counts: {
      items: 0,
      only_candidate: [],
      only_baseline: [],
      not_judged: 0,
      without_votes: 0,
      unpaired_scores: 0,
      votes: 0,
      ties: 0,
      abstentions: 0,
      errors: 0,
      flips: 0,
      recused: 0,
      unmatched: 0,
    },
    quorum: { reached: true, raters: 1, share: 1, quorate_share: 1 },
    sequential: null,
    regressions: [],
    rubrics: [],
    has_llm_judge: false,
    basis: 'panel_only',
    cost_usd: 0,
    warnings: [],
  };
}
