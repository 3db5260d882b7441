import type { Preference } from '../../domain/preference.ts';
import { sigmoid } from '../../stats/special/logistic.ts';
import { minLabelsToCalibrate, type PairPosterior } from '../estimate/estimate-pairs.ts';
import type { PairTable } from '../tables/pair-table.ts';
import type { Warnings } from '../tables/warnings.ts';
import { type HumanPolicy, mergeHuman } from './merge-humans.ts';
import { preferenceOf } from './preference-of.ts';
import { guaranteePrecision, type PrecisionGuarantee } from './target-precision.ts';

const defaultAccept = 0.8;

/** How a posterior becomes a preference with a status. */
export interface PreferenceRules {
  /** A pair is accepted from this probability on. Default 0.8. */
  readonly accept: number;
  /** Choose the threshold so that this share of the accepted pairs is correct; needs labels. */
  readonly targetPrecision: number | null;
  /** Minimum number of raters with a decisive vote; with fewer a pair goes to review. Default 1. */
  readonly quorum: number;
  /** Default `pool`. */
  readonly humans: HumanPolicy;
}

/** The posterior of all pairs, and the preferences that follow from it. */
export interface PairConclusion {
  readonly pairs: PairTable;
  readonly posterior: PairPosterior;
  readonly guarantee: PrecisionGuarantee | null;
  readonly basis: Preference['basis'];
  /** Recomputed on every iteration, so that memory does not grow with the pairs. */
  readonly preferences: Iterable<Preference>;
}

export function concludePairs(
  pairs: PairTable,
  posterior: PairPosterior,
  rules: Partial<PreferenceRules>,
  warnings: Warnings,
): PairConclusion {
  const { accept = defaultAccept, quorum = 1, humans = 'pool', targetPrecision = null } = rules;
  const guarantee = guaranteeOf(posterior, targetPrecision, warnings);
  const guaranteed = guarantee === null ? accept : (guarantee.threshold ?? Number.POSITIVE_INFINITY);
  const basis = posterior.labelled >= minLabelsToCalibrate ? 'calibrated' : 'uncalibrated';
  const preferenceAt = (pair: number): Preference => {
    const machine = capped(posterior, pair);
    const human = posterior.labels.opinions[pair] ?? null;
    const merged = mergeHuman(machine, human, humans, defaultAccept);
    // the guarantee covers what machines decide; where a human voted, that vote is the evidence
    const machineDecides = human === null || humans === 'human_audits';
    return preferenceOf(pairs, pair, merged, basis, { accept: machineDecides ? guaranteed : accept, quorum });
  };
  const preferences: Iterable<Preference> = {
    *[Symbol.iterator]() {
      for (let pair = 0; pair < pairs.heads.length; pair += 1) yield preferenceAt(pair);
    },
  };
  return { pairs, posterior, guarantee, basis, preferences };
}

/** P(x better) by the machines, no closer to 0 or 1 than the labels can support. */
function capped({ logits, maxProbability }: PairPosterior, pair: number): number {
  return Math.min(maxProbability, Math.max(1 - maxProbability, sigmoid(logits[pair]!)));
}

function guaranteeOf(
  posterior: PairPosterior,
  target: number | null,
  warnings: Warnings,
): PrecisionGuarantee | null {
  if (target === null) return null;
  if (posterior.learned === null)
    warnings.add('target_precision_without_labels', `${posterior.targets.length} labelled pairs`);
  const decided = posterior.targets.filter(({ outcome }) => outcome !== 0.5);
  const confidence = decided.map(({ unit }) =>
    Math.max(capped(posterior, unit), 1 - capped(posterior, unit)),
  );
  const correct = decided.map(({ unit, outcome }) => {
    const machine = capped(posterior, unit);
    return machine === 0.5 ? 0.5 : machine > 0.5 === outcome > 0.5 ? 1 : 0;
  });
  return guaranteePrecision(
    posterior.learned === null ? [] : confidence,
    posterior.learned === null ? [] : correct,
    target,
  );
}
