import type { RaterKind } from '../../domain/vote.ts';
import type { IntervalEstimate } from './resampling.ts';

/**
 * The JSON of `quorate agree --json`. Every estimate carries n and a 95 % cluster-bootstrap interval.
 * @example
 * const best = ({ raters }: AgreementReport) => raters.map(({ rater }) => rater);
 */
export interface AgreementReport {
  readonly votes: number;
  readonly labels: number;
  /** Present where a vote or label weighs less than 1. */
  readonly weights?: {
    /** Of weight 0: no opinion, counted as an abstention. */
    readonly zero: number;
    readonly below_one: number;
    /** Statistics without a weighted form, in which every opinion counts fully. */
    readonly not_used_in: readonly string[];
  };
  readonly items: number;
  readonly pairs: number;
  readonly scores: number;
  readonly clusters: number;
  readonly seed: number;
  readonly replicates: number;
  /** What raters are compared with. */
  readonly reference: 'labels' | 'leave_one_out_consensus';
  readonly labelled_questions: number;
  readonly raters: readonly RaterFacts[];
  readonly agreement: readonly GroupAgreement[];
  readonly kappa: KappaMatrix | null;
  /** The panel as a whole: plain vote shares and, for pairs, the label-free posterior of `reconcile`. */
  readonly panel: readonly PanelPosterior[];
  readonly alternative_test: AlternativeTestReport;
  readonly disagreements: readonly Disagreement[];
  readonly disagreement_count: number;
  readonly warnings: readonly { readonly warning: string; readonly count: number }[];
}

export interface RaterFacts {
  readonly rater: string;
  readonly rater_kind: RaterKind | 'reference';
  readonly model: string | null;
  readonly votes: number;
  /** Share of correct votes, ties half, abstentions left out; on pairs against decisive references only. */
  readonly accuracy: IntervalEstimate;
  /** The same over decisive votes. */
  readonly decisive_accuracy: IntervalEstimate;
  /** Share of pairs asked in both orders whose decisive verdict flipped with the order. */
  readonly flip_rate: IntervalEstimate;
  /** Share of decisive votes for the candidate shown first; 0.5 is no bias where both orders were asked. */
  readonly position_bias: IntervalEstimate;
  /** Share of decisive opinions for the longer candidate, and its excess over that of the reference; 0 is no bias. */
  readonly longer_rate: IntervalEstimate;
  readonly length_bias: IntervalEstimate;
  /** Share of decisive opinions for a candidate of the rater's own family where exactly one is, and its excess over the reference. */
  readonly own_family_rate: IntervalEstimate;
  readonly own_family_bias: IntervalEstimate;
  readonly abstention_rate: IntervalEstimate;
  readonly tie_rate: IntervalEstimate;
  readonly abstention_by_category: Readonly<Record<string, IntervalEstimate>>;
}

export interface GroupAgreement {
  readonly group: 'judges' | 'human';
  readonly on: 'pairs' | 'scores';
  readonly raters: number;
  /** Units with two or more ratings. */
  readonly units: number;
  readonly alpha_nominal: IntervalEstimate;
  readonly alpha_ordinal: IntervalEstimate;
  readonly alpha_interval: IntervalEstimate;
  readonly alpha_ratio: IntervalEstimate;
  /** Over the units that every rater answered. */
  readonly fleiss_kappa: IntervalEstimate;
  readonly gwet_ac1: IntervalEstimate;
  readonly gwet_ac2: IntervalEstimate;
  readonly percent_agreement: IntervalEstimate;
  /** Percent agreement of 80 % or more: `met` or `not_met` where the interval is clear of 0.8, else `unsure`. */
  readonly eighty_percent_rule: 'met' | 'not_met' | 'unsure' | 'undefined';
  readonly effective_raters: IntervalEstimate;
  readonly effective_raters_from: 'errors' | 'opinions';
}

export interface KappaMatrix {
  readonly on: 'pairs' | 'scores';
  readonly weights: 'identity' | 'quadratic';
  readonly raters: readonly string[];
  /** Row by row; the diagonal is null. */
  readonly cells: readonly (readonly (IntervalEstimate | null)[])[];
}

export interface PanelPosterior {
  readonly method: 'vote_share' | 'reconciled_without_labels';
  readonly n: number;
  readonly accuracy: IntervalEstimate;
  readonly calibration_error: IntervalEstimate;
  readonly brier: IntervalEstimate;
  readonly auroc: IntervalEstimate;
  readonly reliability: readonly {
    readonly low: number;
    readonly high: number;
    readonly count: number;
    readonly probability: number;
    readonly accuracy: IntervalEstimate;
  }[];
  readonly accuracy_coverage: readonly { readonly coverage: number; readonly accuracy: number }[];
}

export interface AlternativeTestReport {
  readonly epsilon: number;
  readonly false_discovery_rate: number;
  readonly human: number;
  readonly judges: readonly {
    readonly rater: string;
    /** Share of human raters whom the judge can replace; 0.5 or more passes. */
    readonly winning_rate: number | null;
    readonly advantage_probability: number | null;
    readonly passed: boolean | null;
    readonly human_tested: number;
    readonly reason?: string;
  }[];
}

export interface Disagreement {
  readonly item: string;
  readonly about: readonly string[];
  readonly category: string | null;
  readonly label: string;
  readonly panel: string;
  readonly judges_for_label: number;
  readonly judges_against: number;
  readonly judges_undecided: number;
  readonly human_for_label: number;
  readonly human: number;
}
