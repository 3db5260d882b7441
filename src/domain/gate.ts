/** A committed baseline: the responses that a gate compares against, and the rubrics under which they were accepted. */
export interface GateBaseline {
  readonly kind: 'gate_baseline';
  readonly version: 1;
  readonly model: string | null;
  /** Path of the responses, relative to the folder of this file. */
  readonly responses: string;
  /** SHA-256 over ids, prompts and texts in the order of ids. */
  readonly responses_hash: string;
  readonly items: number;
  /** Empty if nothing was judged when the baseline was recorded. */
  readonly rubrics: readonly GateRubric[];
  /** The gate that these responses passed; null if they were recorded without one. */
  readonly gate: GateSummary | null;
}

/** The main results of a passed gate. */
export interface GateSummary {
  readonly id: string;
  /** The baseline model of that gate. */
  readonly baseline: string;
  readonly votes: number;
  readonly criteria: readonly {
    readonly id: string;
    readonly slice: string | null;
    readonly improvement: number | null;
    readonly interval: readonly [low: number, high: number] | null;
  }[];
}

/** The answers of a gate. `inconclusive`: the data support neither pass nor fail. */
export const gateAnswers = ['pass', 'fail', 'inconclusive'] as const;
/** One answer of a gate. */
export type GateAnswer = (typeof gateAnswers)[number];

/** The metrics by which two models are compared; improvements are positive when the candidate is better. */
export const gateMetrics = [
  'win_rate',
  'length_controlled_win_rate',
  'score',
  'rule_failures',
  'refuted_facts',
  'safety_flags',
] as const;
/** One metric of a gate. */
export type GateMetric = (typeof gateMetrics)[number];

/** `superiority`: better by more than the margin; `non_inferiority`: not worse by the margin or more. */
export const gateTests = ['superiority', 'non_inferiority'] as const;
/** One kind of test. */
export type GateTest = (typeof gateTests)[number];

/**
 * How a number was estimated: from the panel's uncorrected votes, from votes corrected by human labels on a subset
 * of the items (PPI++, Angelopoulos et al. 2023), from votes corrected for the panel's known errors, at equal response
 * length, or by a betting test.
 */
export const gateMethods = [
  'panel',
  'prediction_powered',
  'error_corrected',
  'length_controlled',
  'betting',
] as const;
/** One method of estimation. */
export type GateMethod = (typeof gateMethods)[number];

/** One side of a gate. */
export interface GateSide {
  /** Model that wrote the responses; null if the file does not say. */
  readonly model: string | null;
  /** File or name as given. */
  readonly source: string;
  /** SHA-256 over ids, prompts and responses in the order of ids; null if only votes were given. */
  readonly responses_hash: string | null;
}

/** The decision on one criterion, over all items or one slice. */
export interface GateCriterionResult {
  readonly id: string;
  readonly metric: GateMetric;
  readonly test: GateTest;
  /** For example `category=code`; null: all items. */
  readonly slice: string | null;
  /** As configured, >= 0, on the metric's scale from 0 to 1. */
  readonly margin: number;
  /** What must be exceeded: margin of a superiority test, -margin of a non-inferiority test. */
  readonly threshold: number;
  readonly answer: GateAnswer;
  /** Whether the gate's answer depends on it. */
  readonly required: boolean;
  /** Human-readable reason. */
  readonly reason: string;
  /** Null if nothing could be measured. */
  readonly measured: GateMeasurement | null;
  readonly items: number;
  readonly clusters: number;
}

/** The estimate behind a criterion. */
export interface GateMeasurement {
  readonly method: GateMethod;
  /** Candidate minus baseline; for win rates: minus 1/2. */
  readonly improvement: number;
  /** Confidence interval at level 1 - 2 alpha; anytime-valid, over all interim looks, with method `betting`. */
  readonly interval: readonly [low: number, high: number];
  /** Null if the method has none. */
  readonly standard_error: number | null;
  /** One-sided p-values of "not better than the threshold" and "not worse than it", before and after correction. */
  readonly p_pass: number;
  readonly p_fail: number;
  readonly p_pass_adjusted: number;
  readonly p_fail_adjusted: number;
  /** The smallest true distance from the threshold that this many items detect with the configured power. */
  readonly minimum_detectable_effect: number | null;
  /** Additional items needed if the truth equals the estimate; 0 once decided, null if no number suffices. */
  readonly more_items: number | null;
  /** Number of human labels used, and of labels that alone would give the same precision. */
  readonly labels?: number;
  readonly effective_labels?: number;
  /** Sensitivity and specificity of the panel that the correction used. */
  readonly sensitivity?: number;
  readonly specificity?: number;
  /** The uncorrected estimate of the panel; present with corrected numbers. */
  readonly uncorrected?: { readonly improvement: number; readonly interval: readonly [number, number] };
}

/** The result of a floor, based on counts. */
export interface GateFloorResult {
  readonly id: string;
  readonly metric: GateMetric;
  readonly answer: GateAnswer;
  readonly reason: string;
  /** Responses that a rater checked, and those with a finding. */
  readonly candidate: { readonly checked: number; readonly found: number };
  readonly baseline: { readonly checked: number; readonly found: number };
  /** Upper bound of the candidate's rate at confidence 1 - alpha (Clopper-Pearson); null if none was checked. */
  readonly rate_upper_bound: number | null;
}

/** Accounting of all items and votes; nothing is dropped silently. */
export interface GateCounts {
  readonly items: number;
  /** Ids of items that only one side has. */
  readonly only_candidate: readonly string[];
  readonly only_baseline: readonly string[];
  /** Items that were not judged because the gate had decided. */
  readonly not_judged: number;
  /** Items without a vote of the panel. */
  readonly without_votes: number;
  /** Scores of one side without a counterpart on the other: omitted, never imputed. */
  readonly unpaired_scores: number;
  readonly votes: number;
  readonly ties: number;
  readonly abstentions: number;
  readonly errors: number;
  /** Pairs of votes of one rater in both orders that contradict each other. */
  readonly flips: number;
  /** Votes excluded because the judge belongs to the family of exactly one side. */
  readonly recused: number;
  /** Votes on other items or candidates. */
  readonly unmatched: number;
}

/** Whether enough items had enough decisive raters. */
export interface GateQuorum {
  readonly reached: boolean;
  /** Raters with a decisive vote that make an item quorate, and the share of items that must be quorate. */
  readonly raters: number;
  readonly share: number;
  readonly quorate_share: number;
}

/** An item on which the candidate is worse than the baseline. */
export interface GateRegression {
  readonly item: string;
  /** In [-1, 1], negative. */
  readonly improvement: number;
  readonly criterion: string;
  readonly reasons: readonly string[];
}

/** A rubric, constitution or rule set behind the votes. */
export interface GateRubric {
  readonly id: string;
  readonly version: string | null;
  readonly hash: string;
}

/**
 * The complete result of a gate: the output of `quorate gate --json`, also stored by a registry.
 * @example
 * const lines = ({ answer, reasons }: GateResult) => [answer, ...reasons].join('\n');
 */
export interface GateResult {
  readonly kind: 'gate_result';
  readonly version: 1;
  /** Content hash of the decision and its grounds: equal inputs give equal ids. */
  readonly id: string;
  readonly answer: GateAnswer;
  readonly reasons: readonly string[];
  readonly candidate: GateSide;
  readonly baseline: GateSide;
  /** One-sided error of each direction over all criteria. */
  readonly alpha: number;
  readonly power: number;
  readonly multiplicity: GateMultiplicity;
  readonly criteria: readonly GateCriterionResult[];
  readonly floors: readonly GateFloorResult[];
  readonly counts: GateCounts;
  readonly quorum: GateQuorum;
  /** Null for a fixed sample. */
  readonly sequential: {
    readonly looks: number;
    readonly stopped_early: boolean;
    readonly items_judged: number;
  } | null;
  readonly regressions: readonly GateRegression[];
  readonly rubrics: readonly GateRubric[];
  /** False if no LLM judged: only rules and heuristics. */
  readonly has_llm_judge: boolean;
  /** `labelled`: human labels or a calibration sample corrected the estimates; `panel_only`: uncorrected votes. */
  readonly basis: 'labelled' | 'panel_only';
  /** US dollars spent on calls of this gate; null if a price is unknown. 0 with recorded votes. */
  readonly cost_usd: number | null;
  readonly warnings: readonly string[];
}

/**
 * Corrections for several criteria: `holm`, `hierarchical` (by priority), or `none`: a gate that passes only if all
 * criteria pass needs no correction (Berger 1982, intersection-union test).
 */
export const gateMultiplicities = ['holm', 'hierarchical', 'none'] as const;
/** One correction for several criteria. */
export type GateMultiplicity = (typeof gateMultiplicities)[number];
