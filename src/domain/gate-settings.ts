import type { GateMetric, GateMultiplicity, GateTest } from './gate.ts';

/** A subset of the items that is tested separately. */
export interface GateSliceSpec {
  /** `category`, or `metadata.NAME`. */
  readonly by: string;
  /** A single value; null: each value that occurs. */
  readonly is: string | null;
  readonly test: GateTest;
  readonly margin: number;
  /** A value with fewer items is reported but not tested. */
  readonly minItems: number;
  readonly required: boolean;
  readonly priority: number;
}

/** One test that the candidate model must pass. */
export interface GateCriterionSpec {
  readonly id: string;
  readonly metric: GateMetric;
  /** For `score`: the criterion of the votes that count; null: all votes. */
  readonly criterion: string | null;
  /** For `score`: the scale of votes without one. */
  readonly scale: readonly [min: number, max: number] | null;
  /** For `rule_failures`: ids of the rules that count; null: all. */
  readonly rules: readonly string[] | null;
  readonly test: GateTest;
  /** >= 0, on the metric's scale from 0 to 1. */
  readonly margin: number;
  /** False: reported without effect on the gate's answer. */
  readonly required: boolean;
  /** With `multiplicity: hierarchical`: 1 is tested first, 2 only if all of 1 passed. */
  readonly priority: number;
  readonly slices: readonly GateSliceSpec[];
}

/** An absolute limit, independent of the criteria. Limits that are null do not apply. */
export interface GateFloorSpec {
  readonly id: string;
  readonly metric: 'rule_failures' | 'refuted_facts' | 'safety_flags';
  readonly rules: readonly string[] | null;
  readonly maxRate: number | null;
  readonly maxCount: number | null;
  /** Maximum of the candidate's rate minus the baseline's rate; 0: no worse than the baseline. */
  readonly maxIncrease: number | null;
  /** The upper confidence bound of the rate must not exceed `maxRate`, instead of the observed rate. */
  readonly proven: boolean;
  /** Set explicitly: if no rater can check it, it is inconclusive instead of skipped. */
  readonly named: boolean;
}

/** Correct answers of the panel on pairs with known truth; "positive": the candidate is better. */
export interface GateJudgeErrors {
  readonly positives: number;
  readonly truePositives: number;
  readonly negatives: number;
  readonly trueNegatives: number;
}

/**
 * How a gate decides: the settings of a gate file with its defaults filled in.
 * @example
 * const settings: GateSettings = { ...defaultGateSettings, power: 0.9 };
 */
export interface GateSettings {
  /** Null: the default criterion, an improvement of more than 3 % of the evaluation metric. */
  readonly criteria: readonly GateCriterionSpec[] | null;
  readonly floors: readonly GateFloorSpec[];
  /** One-sided error of a wrong pass, and of a wrong fail. */
  readonly alpha: number;
  /** Power for which the minimum detectable effect is reported. */
  readonly power: number;
  readonly multiplicity: GateMultiplicity;
  /** Minimum number of clusters (prompts, if items have no cluster); with fewer the gate is inconclusive. */
  readonly minItems: number;
  /** Minimum number of labelled clusters to correct the panel by labels. */
  readonly minLabels: number;
  readonly quorum: {
    /** Raters with a decisive vote that make an item quorate. */
    readonly raters: number;
    /** Share of the items that must be quorate, in [0, 1]. */
    readonly share: number;
  };
  readonly sameFamily: 'recuse' | 'keep';
  readonly judgeErrors: GateJudgeErrors | null;
  /** Items between two interim looks of a sequential gate. */
  readonly batch: number;
  /** Number of regressions to list. */
  readonly worst: number;
  readonly seed: number;
}

const wholeGate = { required: true, priority: 1, slices: [], criterion: null, scale: null, rules: null };

/** The criterion of a gate without criteria: an improvement of more than 3 % on the evaluation metric. */
export function defaultCriterion(metric: 'win_rate' | 'score'): GateCriterionSpec {
  return { ...wholeGate, id: 'improvement', metric, test: 'superiority', margin: 0.03 };
}

/**
 * The settings of an empty gate file.
 * @example
 * const stricter = { ...defaultGateSettings, alpha: 0.01, minItems: 200 };
 */
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
