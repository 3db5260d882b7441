import type { Preference } from '../../domain/preference.ts';
import type { RaterKind } from '../../domain/vote.ts';
import { sigmoid } from '../../stats/special/logistic.ts';
import { estimatePairs, minLabelsToCalibrate, type PairPosterior } from '../estimate/estimate-pairs.ts';
import { buildPairTable, type PairTable } from '../tables/pair-table.ts';
import type { TableItem, VoteTable } from '../tables/vote-table.ts';
import type { Warnings } from '../tables/warnings.ts';
import { mergePeople } from './merge-humans.ts';
import { preferenceOf } from './preference-of.ts';
import type { ReconcileOptions } from './reconcile-options.ts';
import { guaranteePrecision, type PrecisionGuarantee } from './target-precision.ts';

const defaultAccept = 0.8;

/** What is believed of all pairs, and the preferences that follow. */
export interface PairConclusion {
  readonly pairs: PairTable;
  readonly posterior: PairPosterior;
  readonly guarantee: PrecisionGuarantee | null;
  readonly basis: Preference['basis'];
  /** Made each time they are walked through, so that memory does not grow with them. */
  readonly preferences: Iterable<Preference>;
}

/** @param without a kind whose votes are left out: what would have been concluded had nobody asked it. */
export function concludePairs(
  table: VoteTable,
  items: readonly TableItem[],
  options: ReconcileOptions,
  warnings: Warnings,
  without: RaterKind | null = null,
): PairConclusion {
  const { sameFamily: policy = 'recuse', seed = 0, lengthEffects = true, humans = 'pool' } = options;
  const pairs = buildPairTable(table, items, { policy, without }, warnings);
  const posterior = estimatePairs(pairs, { seed, lengthEffects, model: options.model ?? null }, warnings);
  const guarantee = guaranteeOf(posterior, options.targetPrecision ?? null, warnings);
  const { accept = defaultAccept, quorum = 1 } = options;
  const guaranteed = guarantee === null ? accept : (guarantee.threshold ?? Number.POSITIVE_INFINITY);
  const basis = posterior.labelled >= minLabelsToCalibrate ? 'calibrated' : 'uncalibrated';
  const preferenceAt = (pair: number): Preference => {
    const machine = capped(posterior, pair);
    const people = posterior.labels.opinions[pair] ?? null;
    const merged = mergePeople(machine, people, humans, defaultAccept);
    // the guarantee covers what machines decide; where a human voted, that vote is the evidence
    const machinesDecide = people === null || humans === 'human_audits';
    return preferenceOf(pairs, pair, merged, basis, { accept: machinesDecide ? guaranteed : accept, quorum });
  };
  const preferences: Iterable<Preference> = {
    *[Symbol.iterator]() {
      for (let pair = 0; pair < pairs.heads.length; pair += 1) yield preferenceAt(pair);
    },
  };
  return { pairs, posterior, guarantee, basis, preferences };
}

/** P(x better) by the machines, never surer than the labels can show. */
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
  const held = posterior.targets.filter(({ outcome }) => outcome !== 0.5);
  const confidence = held.map(({ unit }) => Math.max(capped(posterior, unit), 1 - capped(posterior, unit)));
  const correct = held.map(({ unit, outcome }) => {
    const machine = capped(posterior, unit);
    return machine === 0.5 ? 0.5 : machine > 0.5 === outcome > 0.5 ? 1 : 0;
  });
  return guaranteePrecision(
    posterior.learned === null ? [] : confidence,
    posterior.learned === null ? [] : correct,
    target,
  );
}
