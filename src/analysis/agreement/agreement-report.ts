import type { RaterKind } from '../../domain/vote.ts';
import type { Measured } from './resampling.ts';

/** The JSON of `quorate agree --json`. Every measured number carries n and a 95 % cluster-bootstrap interval. */
export interface AgreementReport {
  readonly votes: number;
  readonly labels: number;
  /** Present where a vote or label weighs less than 1. */
  readonly weights?: {
    /** Of weight 0: no opinion, counted as an abstention. */
    readonly zero: number;
    readonly below_one: number;
    /** What has no weighted form, and counts what weighs less than 1 whole. */
    readonly not_used_in: readonly string[];
  };
  readonly items: number;
  readonly pairs: number;
  readonly scores: number;
  readonly clusters: number;
  readonly seed: number;
  readonly replicates: number;
  /** What raters are held against. */
  readonly reference: 'labels' | 'leave_one_out_consensus';
  readonly labelled_questions: number;
  readonly raters: readonly RaterFacts[];
  readonly agreement: readonly GroupAgreement[];
  readonly kappa: KappaMatrix | null;
  /** The panel as one: plain vote shares and, where there are pairs, what `reconcile` believes without the labels. */
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
  /** Votes right, ties half, abstentions left out; on pairs against decisive references only. */
  readonly accuracy: Measured;
  /** The same over the votes that name a winner. */
  readonly decisive_accuracy: Measured;
  /** Pairs asked in both orders whose decisive verdict turned with the order. */
  readonly flip_rate: Measured;
  /** Decisive votes for the candidate shown first. */
  readonly position_bias: Measured;
  /** Decisive opinions for the longer candidate, and how much more often than the reference prefers it. */
  readonly longer_rate: Measured;
  readonly length_bias: Measured;
  /** Decisive opinions for a candidate of the rater's own family where the other is not, and the excess over the reference. */
  readonly own_family_rate: Measured;
  readonly own_family_bias: Measured;
  readonly abstention_rate: Measured;
  readonly tie_rate: Measured;
  readonly abstention_by_category: Readonly<Record<string, Measured>>;
}

export interface GroupAgreement {
  readonly group: 'judges' | 'human';
  readonly on: 'pairs' | 'scores';
  readonly raters: number;
  /** Units with two or more ratings. */
  readonly units: number;
  readonly alpha_nominal: Measured;
  readonly alpha_ordinal: Measured;
  readonly alpha_interval: Measured;
  readonly alpha_ratio: Measured;
  /** Over the units that every rater answered. */
  readonly fleiss_kappa: Measured;
  readonly gwet_ac1: Measured;
  readonly gwet_ac2: Measured;
  readonly percent_agreement: Measured;
  /** Percent agreement of 80 % or more: `met` or `not_met` where the interval is clear of 0.8, else `unsure`. */
  readonly eighty_percent_rule: 'met' | 'not_met' | 'unsure' | 'undefined';
  readonly effective_raters: Measured;
  readonly effective_raters_from: 'errors' | 'opinions';
}

export interface KappaMatrix {
  readonly on: 'pairs' | 'scores';
  readonly weights: 'identity' | 'quadratic';
  readonly raters: readonly string[];
  /** Row by row; the diagonal is null. */
  readonly cells: readonly (readonly (Measured | null)[])[];
}

export interface PanelPosterior {
  readonly method: 'vote_share' | 'reconciled_without_labels';
  readonly n: number;
  readonly accuracy: Measured;
  readonly calibration_error: Measured;
  readonly brier: Measured;
  readonly auroc: Measured;
  readonly reliability: readonly {
    readonly low: number;
    readonly high: number;
    readonly count: number;
    readonly probability: number;
    readonly accuracy: Measured;
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
