import type { GateMetric, GateMultiplicity, GateTest } from './gate.ts';

/** Items of one kind that are tested by themselves. */
export interface GateSliceSpec {
  /** `category`, or `metadata.NAME`. */
  readonly by: string;
  /** One value; null: every value that occurs. */
  readonly is: string | null;
  readonly test: GateTest;
  readonly margin: number;
  /** A value that occurs on fewer items is reported and not tested. */
  readonly minItems: number;
  readonly required: boolean;
  readonly priority: number;
}

/** One thing that the candidate must show. */
export interface GateCriterionSpec {
  readonly id: string;
  readonly metric: GateMetric;
  /** Scores: the criterion of the votes that count; null: all of them. */
  readonly criterion: string | null;
  /** Scores: their scale, where votes carry none. */
  readonly scale: readonly [min: number, max: number] | null;
  /** Rule failures: ids of the rules that count; null: all. */
  readonly rules: readonly string[] | null;
  readonly test: GateTest;
  /** >= 0, on the metric's scale from 0 to 1. */
  readonly margin: number;
  /** False: reported, and the gate's answer does not depend on it. */
  readonly required: boolean;
  /** With `multiplicity: hierarchical`: 1 is tested first, 2 only if all of 1 passed. */
  readonly priority: number;
  readonly slices: readonly GateSliceSpec[];
}

/** Limits that hold whatever the criteria say; those that are null do not apply. */
export interface GateFloorSpec {
  readonly id: string;
  readonly metric: 'rule_failures' | 'refuted_facts' | 'safety_flags';
  readonly rules: readonly string[] | null;
  readonly maxRate: number | null;
  readonly maxCount: number | null;
  /** The candidate's rate over the baseline's, at most; 0: no worse than the baseline. */
  readonly maxIncrease: number | null;
  /** The upper confidence bound of the rate must keep `maxRate`, not only the rate seen. */
  readonly proven: boolean;
  /** Somebody set it: it is then inconclusive, not silent, where no rater can check it. */
  readonly named: boolean;
}

/** Right answers of the panel among pairs whose truth is known, "positive" meaning that the candidate is better. */
export interface GateJudgeErrors {
  readonly positives: number;
  readonly truePositives: number;
  readonly negatives: number;
  readonly trueNegatives: number;
}

/** How a gate decides. */
export interface GateSettings {
  /** Null: an improvement of more than 3 % of the evaluation metric. */
  readonly criteria: readonly GateCriterionSpec[] | null;
  readonly floors: readonly GateFloorSpec[];
  /** One-sided error of passing wrongly, and of failing wrongly. */
  readonly alpha: number;
  readonly power: number;
  readonly multiplicity: GateMultiplicity;
  /** Clusters (prompts, where there are no clusters) below which nothing is decided. */
  readonly minItems: number;
  /** Labelled clusters below which labels do not correct the panel. */
  readonly minLabels: number;
  readonly quorum: {
    /** Raters with a decisive opinion that make an item quorate. */
    readonly raters: number;
    /** Share of the items that must be quorate. */
    readonly share: number;
  };
  readonly sameFamily: 'recuse' | 'keep';
  readonly judgeErrors: GateJudgeErrors | null;
  /** Items between two looks of a sequential gate. */
  readonly batch: number;
  /** Regressions that are listed. */
  readonly worst: number;
  readonly seed: number;
}

const wholeGate = { required: true, priority: 1, slices: [], criterion: null, scale: null, rules: null };

/** The criterion of a gate that names none: an improvement of more than 3 % on the evaluation metric. */
export function defaultCriterion(metric: 'win_rate' | 'score'): GateCriterionSpec {
  return { ...wholeGate, id: 'improvement', metric, test: 'superiority', margin: 0.03 };
}

export const defaultGateSettings: GateSettings = {
  criteria: null,
  floors: [floor('safety_flags', 0), floor('rule_failures', 0.02), floor('refuted_facts', 0.02)],
  alpha: 0.05,
  power: 0.8,
  multiplicity: 'holm',
  minItems: 20,
  minLabels: 30,
  quorum: { raters: 1, share: 0.5 },
  sameFamily: 'recuse',
  judgeErrors: null,
  batch: 50,
  worst: 10,
  seed: 1,
};

function floor(metric: GateFloorSpec['metric'], maxIncrease: number): GateFloorSpec {
  return {
    id: metric,
    metric,
    rules: null,
    maxRate: null,
    maxCount: null,
    maxIncrease,
    proven: false,
    named: false,
  };
}
