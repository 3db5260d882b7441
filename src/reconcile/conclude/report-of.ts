import type { Preference, PreferenceStatus } from '../../domain/preference.ts';
import type { RaterKind } from '../../domain/vote.ts';
import { minLabelsToCalibrate, type PairPosterior } from '../estimate/estimate-pairs.ts';
import type { ScorePosterior } from '../estimate/estimate-scores.ts';
import type { FittedPosterior } from '../estimate/fit-posterior.ts';
import { cellStates, type PairTable } from '../tables/pair-table.ts';
import type { VoteTable } from '../tables/vote-table.ts';
import type { ReconcileWarning, Warnings } from '../tables/warnings.ts';
import { confidenceBins, type HeldOutScores, round, scoreHeldOut } from './held-out-scores.ts';
import { type ReviewEntry, reviewList } from './review-list.ts';
import type { PrecisionGuarantee } from './target-precision.ts';

/** Statistics of one rater. */
export interface RaterReport {
  readonly rater: string;
  readonly kind: RaterKind;
  /** Pairs with an opinion of this rater. */
  readonly opinions: number;
  /** Pairs on which it abstained or failed. */
  readonly no_opinion: number;
  readonly recused: number;
  /** Share of the questions decided in both orders that were answered the same way; null without one. */
  readonly consistency: number | null;
  /** How many questions that were: pairs, for each criterion. */
  readonly two_orders: number;
  /** Share of its decided opinions on the side of the other raters' sum; null where none could be compared. */
  readonly agreement: number | null;
  /** Accuracy predicted from its consistency; used while there are no labels. */
  readonly expected_accuracy: number | null;
  /** Share correct on labelled pairs, ties and flips half; null without labels. */
  readonly accuracy: number | null;
  readonly labelled: number;
  /** Effective number of raters with the same opinions, itself included. */
  readonly redundancy: number;
  /** Log-odds of its full opinion, effects by category left out. */
  readonly weight: number;
}

/** One of the estimators that were fitted. */
export interface EstimatorReport {
  readonly name: string;
  /** Weight in the mixture. */
  readonly share: number;
  readonly held_out: HeldOutScores | null;
}

export interface ReconcileReport {
  readonly basis: Preference['basis'];
  readonly estimator: string;
  readonly pairs: number;
  readonly votes: number;
  readonly labels: number;
  readonly labelled_pairs: number;
  readonly statuses: Readonly<Partial<Record<PreferenceStatus, number>>>;
  /** The candidate estimators; their mixture is used. Empty without labels. */
  readonly candidates: readonly EstimatorReport[];
  readonly held_out: HeldOutScores | null;
  readonly reliability: readonly {
    readonly low: number;
    readonly high: number;
    readonly count: number;
    readonly probability: number;
    readonly accuracy: number;
  }[];
  /** Factor that calibrates the log-odds after the fit; null without labels. */
  readonly logit_scale: number | null;
  /** The most detailed estimator with and without length, on held-out labels, and the log-odds of e times the length. */
  readonly length_effect: {
    readonly log_odds: number;
    readonly with: HeldOutScores | null;
    readonly without: HeldOutScores | null;
  } | null;
  /** Number of independent raters that the panel is equivalent to. */
  readonly effective_raters: number;
  readonly raters: readonly RaterReport[];
  /** Estimated reliability of the human and gold raters. */
  readonly human: readonly {
    readonly rater: string;
    readonly kind: RaterKind;
    readonly reliability: number;
  }[];
  readonly recusals: number;
  /** Of the candidates with a score of their own; null where there are none. */
  readonly scores: {
    readonly basis: Preference['basis'];
    readonly labelled: number;
    readonly candidates: readonly EstimatorReport[];
    readonly held_out: HeldOutScores | null;
  } | null;
  readonly precision_guarantee: PrecisionGuarantee | null;
  /** Pairs where one human label carries the most information, best first. */
  readonly review: readonly ReviewEntry[];
  readonly warnings: readonly ReconcileWarning[];
}

interface Findings {
  readonly table: VoteTable;
  readonly pairs: PairTable;
  readonly posterior: PairPosterior;
  readonly scorePosterior: ScorePosterior | null;
  readonly preferences: Iterable<Preference>;
  readonly guarantee: PrecisionGuarantee | null;
  readonly basis: Preference['basis'];
  readonly warnings: Warnings;
}

export function reportOf({
  table,
  pairs,
  posterior,
  scorePosterior,
  preferences,
  guarantee,
  basis,
  warnings,
}: Findings): ReconcileReport {
  const { learned, targets, free } = posterior;
  const outcomes = targets.map(({ outcome }) => outcome);
  const statuses: Partial<Record<PreferenceStatus, number>> = {};
  for (const { status } of preferences) statuses[status] = (statuses[status] ?? 0) + 1;
  const estimators = learned === null ? [] : estimatorReports(learned, outcomes);
  const raters = raterReports(pairs, posterior);
  return {
    basis,
    estimator: estimatorName(posterior, estimators),
    pairs: pairs.heads.length,
    votes: table.voteCount,
    labels: table.labelCount,
    labelled_pairs: targets.length,
    statuses,
    candidates: estimators,
    held_out: learned === null ? null : scoreHeldOut(learned.heldOut, outcomes),
    reliability:
      learned === null
        ? []
        : confidenceBins(learned.heldOut, outcomes).map((bin) => ({
            low: bin.low,
            high: bin.high,
            count: bin.count,
            probability: round(bin.meanProbability),
            accuracy: round(bin.meanOutcome),
          })),
    logit_scale: learned === null ? null : round(learned.logitScale),
    length_effect: lengthEffect(posterior, outcomes),
    effective_raters: round(
      raters.filter(({ opinions }) => opinions > 0).reduce((sum, { redundancy }) => sum + 1 / redundancy, 0),
    ),
    raters,
    human: pairs.raters.flatMap(({ id, kind }, rater) => {
      const reliability = posterior.labels.reliability[rater]!;
      return Number.isNaN(reliability) ? [] : [{ rater: id, kind, reliability: round(reliability) }];
    }),
    recusals: raters.reduce((sum, { recused }) => sum + recused, 0),
    scores: scorePosterior === null ? null : scoresReport(scorePosterior),
    precision_guarantee: guarantee,
    review: reviewList(pairs, posterior, preferences),
    warnings: warnings.list(),
  };

  function raterReports(of: PairTable, { labels }: PairPosterior): RaterReport[] {
    const opinions = new Float64Array(of.raters.length);
    const noOpinion = new Float64Array(of.raters.length);
    const recused = new Float64Array(of.raters.length);
    const correct = new Float64Array(of.raters.length);
    const labelled = new Float64Array(of.raters.length);
    const twoOrders = new Float64Array(of.raters.length);
    const stable = new Float64Array(of.raters.length);
    for (let pair = 0; pair < of.heads.length; pair += 1) {
      const outcome = labels.opinions[pair]?.outcome;
      for (let k = of.start[pair]!; k < of.start[pair + 1]!; k += 1) {
        const rater = of.rater[k]!;
        const state = of.state[k]!;
        twoOrders[rater]! += of.twoOrders[k]!;
        stable[rater]! += of.stable[k]!;
        if (state === cellStates.recused) recused[rater]! += 1;
        else if (state === cellStates.noOpinion || state === cellStates.error) noOpinion[rater]! += 1;
        else {
          opinions[rater]! += 1;
          if (outcome === undefined) continue;
          labelled[rater]! += 1;
          correct[rater]! += (1 + of.lean[k]! * (2 * outcome - 1)) / 2;
        }
      }
    }
    const { agreed, compared } = agreementWithOthers(of);
    const weights = raterWeights(posterior, of.raters.length);
    return of.raters.flatMap(({ id, kind, isLabel }, rater) =>
      isLabel
        ? []
        : [
            {
              rater: id,
              kind,
              opinions: opinions[rater]!,
              no_opinion: noOpinion[rater]!,
              recused: recused[rater]!,
              consistency: twoOrders[rater] === 0 ? null : round(stable[rater]! / twoOrders[rater]!),
              two_orders: twoOrders[rater]!,
              agreement: compared[rater] === 0 ? null : round(agreed[rater]! / compared[rater]!),
              expected_accuracy: numberOrNull(free.expectedAccuracy[rater]!),
              accuracy: labelled[rater] === 0 ? null : round(correct[rater]! / labelled[rater]!),
              labelled: labelled[rater]!,
              redundancy: round(free.redundancy[rater]!),
              weight: round(weights[rater]!),
            },
          ],
    );
  }
}

function agreementWithOthers(of: PairTable): { agreed: Float64Array; compared: Float64Array } {
  const agreed = new Float64Array(of.raters.length);
  const compared = new Float64Array(of.raters.length);
  for (let pair = 0; pair < of.heads.length; pair += 1) {
    const from = of.start[pair]!;
    const to = of.start[pair + 1]!;
    let sum = 0;
    for (let k = from; k < to; k += 1) sum += of.lean[k]!;
    for (let k = from; k < to; k += 1) {
      const others = sum - of.lean[k]!;
      if (of.lean[k] === 0 || others === 0) continue;
      compared[of.rater[k]!]! += 1;
      if (others * of.lean[k]! > 0) agreed[of.rater[k]!]! += 1;
    }
  }
  return { agreed, compared };
}

function estimatorName({ recalled }: PairPosterior, estimators: readonly EstimatorReport[]): string {
  if (recalled) return 'stored rater model';
  if (estimators.length === 0) return 'label-free posterior';
  return `mixture, mostly ${estimators.reduce((best, next) => (next.share > best.share ? next : best)).name}`;
}

function estimatorReports(
  { estimators, shares }: FittedPosterior,
  outcomes: readonly number[],
): EstimatorReport[] {
  return estimators.map(({ estimator, heldOut }, index) => ({
    name: estimator.name,
    share: round(shares[index]!),
    held_out: scoreHeldOut(heldOut, outcomes),
  }));
}

function scoresReport({ targets, learned }: ScorePosterior): ReconcileReport['scores'] {
  const outcomes = targets.map(({ outcome }) => outcome);
  return {
    basis: targets.length >= minLabelsToCalibrate ? 'calibrated' : 'uncalibrated',
    labelled: targets.length,
    candidates: learned === null ? [] : estimatorReports(learned, outcomes),
    held_out: learned === null ? null : scoreHeldOut(learned.heldOut, outcomes),
  };
}

function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : round(value);
}

/** Log-odds of each rater's full opinion: its part of the label-free posterior plus the fitted effect. */
function raterWeights({ free, learned, evidence }: PairPosterior, raters: number): Float64Array {
  if (learned === null) return free.weights;
  let prior = learned.priorWeight;
  const own = new Float64Array(raters);
  for (const [index, { group, rater }] of evidence.columns.entries()) {
    if (group === 'label_free') prior += learned.coefficients[index]!;
    if (group === 'rater') own[rater!]! += learned.coefficients[index]!;
  }
  return own.map((weight, rater) => weight + prior * free.weights[rater]!);
}

function lengthEffect(
  { learned, evidence }: PairPosterior,
  outcomes: readonly number[],
): ReconcileReport['length_effect'] {
  if (learned === null) return null;
  const withLength = learned.estimators.findIndex(({ estimator }) => estimator.groups.includes('length'));
  if (withLength <= 0) return null;
  const column = evidence.columns.findIndex(({ group }) => group === 'length');
  if (column === -1) return null;
  return {
    log_odds: round(learned.estimators[withLength]!.coefficients[column]!),
    with: scoreHeldOut(learned.estimators[withLength]!.heldOut, outcomes),
    without: scoreHeldOut(learned.estimators[withLength - 1]!.heldOut, outcomes),
  };
}
