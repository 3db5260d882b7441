/** A gate's three answers: `inconclusive` means that the data decide neither way. */
export const gateAnswers = ['pass', 'fail', 'inconclusive'] as const;
export type GateAnswer = (typeof gateAnswers)[number];

/** What can be compared between two models; every improvement is positive where the candidate is better. */
export const gateMetrics = [
  'win_rate',
  'length_controlled_win_rate',
  'score',
  'rule_failures',
  'refuted_facts',
  'safety_flags',
] as const;
export type GateMetric = (typeof gateMetrics)[number];

/** `superiority`: better by more than the margin; `non_inferiority`: not worse by the margin or more. */
export const gateTests = ['superiority', 'non_inferiority'] as const;
export type GateTest = (typeof gateTests)[number];

/**
 * Where a number comes from: the panel's votes taken at their word, votes corrected by human labels on a part of the
 * items (PPI++), votes corrected for the panel's known errors, votes read at equal length, or a betting test.
 */
export const gateMethods = [
  'panel',
  'prediction_powered',
  'error_corrected',
  'length_controlled',
  'betting',
] as const;
export type GateMethod = (typeof gateMethods)[number];

/** One side of a gate. */
export interface GateSide {
  /** Model that wrote the responses, where the file says so. */
  readonly model: string | null;
  /** File or name as given. */
  readonly source: string;
  /** SHA-256 over ids, prompts and responses in the order of ids; null where only votes were given. */
  readonly responses_hash: string | null;
}

/** The decision on one criterion, over all items or one slice of them. */
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
  /** Why, in words a person reads. */
  readonly reason: string;
  /** Null where nothing could be measured. */
  readonly measured: GateMeasurement | null;
  readonly items: number;
  readonly clusters: number;
}

export interface GateMeasurement {
  readonly method: GateMethod;
  /** Candidate over baseline; win rates less 1/2. */
  readonly improvement: number;
  /** Holds the improvement with confidence 1 - 2 alpha; at all looks at once where the method is `betting`. */
  readonly interval: readonly [low: number, high: number];
  /** Null where the method has none. */
  readonly standard_error: number | null;
  /** Of "not better than the threshold" and of "not worse than it", one-sided, before and after correction. */
  readonly p_pass: number;
  readonly p_fail: number;
  readonly p_pass_adjusted: number;
  readonly p_fail_adjusted: number;
  /** The smallest true distance from the threshold that as many items find with the wanted power. */
  readonly minimum_detectable_effect: number | null;
  /** Items needed beyond these, if the truth is as measured; 0 once decided, null where no number would do. */
  readonly more_items: number | null;
  /** Human labels used, and how many labels alone would tell as much. */
  readonly labels?: number;
  readonly effective_labels?: number;
  /** The judge's right answers in calibration that the correction used. */
  readonly sensitivity?: number;
  readonly specificity?: number;
  /** What the panel alone would have said; beside corrected numbers. */
  readonly panel_alone?: { readonly improvement: number; readonly interval: readonly [number, number] };
}

/** A floor: no statistics, only counts. */
export interface GateFloorResult {
  readonly id: string;
  readonly metric: GateMetric;
  readonly answer: GateAnswer;
  readonly reason: string;
  /** Responses that somebody looked at, and those with a finding. */
  readonly candidate: { readonly checked: number; readonly found: number };
  readonly baseline: { readonly checked: number; readonly found: number };
  /** The candidate's true rate is below this with confidence 1 - alpha (Clopper-Pearson); null where none was checked. */
  readonly rate_upper: number | null;
}

/** What became of the items and votes; nothing is dropped silently. */
export interface GateCounts {
  readonly items: number;
  /** Items of one side that the other side lacks. */
  readonly only_candidate: readonly string[];
  readonly only_baseline: readonly string[];
  /** Items that were not asked about because the gate had decided. */
  readonly not_asked: number;
  /** Items without any opinion of the panel. */
  readonly without_votes: number;
  /** Opinions on one side without their counterpart: left out, never filled in. */
  readonly one_sided: number;
  readonly votes: number;
  readonly ties: number;
  readonly abstentions: number;
  readonly errors: number;
  /** Pairwise votes of a rater in both orders that contradict each other. */
  readonly flips: number;
  /** Votes set aside because the judge is of one side's family only. */
  readonly recused: number;
  /** Votes on other items or other candidates. */
  readonly elsewhere: number;
}

export interface GateQuorum {
  readonly reached: boolean;
  /** Raters with a decisive opinion that make an item quorate, and the share of items that must be. */
  readonly raters: number;
  readonly share: number;
  readonly quorate_share: number;
}

/** An item on which the candidate does worse than the baseline. */
export interface GateRegression {
  readonly item: string;
  /** In [-1, 1], negative. */
  readonly improvement: number;
  readonly criterion: string;
  readonly reasons: readonly string[];
}

/** A rubric, constitution or rule set that the votes were given under. */
export interface GateRubric {
  readonly id: string;
  readonly version: string | null;
  readonly hash: string;
}

/** Everything that a gate found and decided: what `quorate gate --json` prints, and what a registry keeps. */
export interface GateResult {
  readonly kind: 'gate_result';
  readonly version: 1;
  /** Hash of what was decided on what grounds: equal inputs give equal ids. */
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
    readonly items_asked: number;
  } | null;
  readonly regressions: readonly GateRegression[];
  readonly rubrics: readonly GateRubric[];
  /** False where no model judged: rules and recorded heuristics only. */
  readonly has_llm_judge: boolean;
  /** `labelled`: people's labels or a calibration sample stand behind the estimates; else the panel is taken at its word. */
  readonly basis: 'labelled' | 'panel_only';
  /** US dollars spent on calls of this gate; null where a price is unknown. 0 with recorded votes. */
  readonly cost_usd: number | null;
  readonly warnings: readonly string[];
}

/** `holm`, `hierarchical` (by priority), or `none`: a gate that passes only if all criteria do needs no correction (Berger 1982). */
export const gateMultiplicities = ['holm', 'hierarchical', 'none'] as const;
export type GateMultiplicity = (typeof gateMultiplicities)[number];
