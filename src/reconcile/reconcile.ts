import type { Item } from '../domain/item.ts';
import type { Preference } from '../domain/preference.ts';
import type { Vote } from '../domain/vote.ts';
import { sigmoid } from '../stats/special/logistic.ts';
import { believePairs, fewestForCalibrated, type PairBelief } from './believe-pairs.ts';
import { believeScores } from './believe-scores.ts';
import { type CandidateScore, candidateScores } from './candidate-score.ts';
import { type HumanPolicy, mergePeople } from './merge-people.ts';
import { buildPairTable, type SameFamilyPolicy } from './pair-table.ts';
import { preferenceOf } from './preference-of.ts';
import { behaviours } from './rater-drift.ts';
import { matchesAny } from './rater-globs.ts';
import { type RaterModel, rememberBelief } from './rater-model.ts';
import { type ReconcileReport, reportOf } from './report-of.ts';
import { buildScoreTable } from './score-table.ts';
import { type PrecisionPromise, promisePrecision } from './target-precision.ts';
import { VoteTable } from './vote-table.ts';
import { Warnings } from './warnings.ts';

type Stream<T> = AsyncIterable<T> | Iterable<T>;

export interface ReconcileInput {
  readonly votes: Stream<Vote>;
  /** Category, cluster, length and authors are used where items are given. */
  readonly items?: Stream<Item>;
  /** Labels of people or gold; votes of raters of these kinds among the votes are labels too. */
  readonly labels?: Stream<Vote>;
}

export interface ReconcileOptions {
  /** Names or globs (`*`) of the raters to hear, `!` in front to leave out; all where absent. */
  readonly raters?: readonly string[] | undefined;
  /** Of the folds. Default 0. */
  readonly seed?: number;
  /** A pair is accepted from this probability on. Default 0.8. */
  readonly accept?: number;
  /** Choose the threshold so that this share of the accepted pairs is right; needs labels. */
  readonly targetPrecision?: number | null;
  /** Raters with a decisive vote below which a pair goes to review. Default 1. */
  readonly quorum?: number;
  /** Default `recuse`. */
  readonly sameFamily?: SameFamilyPolicy;
  /** Default `pool`. */
  readonly humans?: HumanPolicy;
  /** Whether labels may teach that longer answers are better or worse. Default true. */
  readonly lengthEffects?: boolean;
  /** What an earlier `calibrate` learned; used where there are too few labels to learn from. */
  readonly model?: RaterModel | null;
}

export interface Reconciliation {
  /** Ordered as the items file, else by item id; inside an item by pair. */
  readonly preferences: readonly Preference[];
  /** Candidates judged by themselves: items with one scored candidate, and candidates with a scored label. */
  readonly scores: readonly CandidateScore[];
  readonly report: ReconcileReport;
  /** What was learned, ready to be stored; null where there were too few labels. */
  readonly learnedModel: Pick<RaterModel, 'labelled_pairs' | 'prior_weight' | 'effects' | 'raters'> | null;
}

const defaultAccept = 0.8;

/** The same with its preferences made one by one, as they are asked for: memory then does not grow with them. */
export interface StreamedReconciliation extends Omit<Reconciliation, 'preferences'> {
  readonly preferences: Iterable<Preference>;
}

/** What the votes add up to, pair by pair. The order of the votes has no influence on the result. */
export async function reconcile(
  input: ReconcileInput,
  options: ReconcileOptions = {},
): Promise<Reconciliation> {
  const streamed = await reconcileStreamed(input, options);
  return { ...streamed, preferences: [...streamed.preferences] };
}

/** `reconcile` for many items: the preferences can be walked through as often as wanted, and are made each time. */
export async function reconcileStreamed(
  input: ReconcileInput,
  options: ReconcileOptions = {},
): Promise<StreamedReconciliation> {
  const warnings = new Warnings();
  const table = await fillTable(input, options, warnings);
  const items =
    input.items === undefined
      ? [...table.items].sort((one, other) => (one.id < other.id ? -1 : 1))
      : table.items;
  const pairs = buildPairTable(table, items, options.sameFamily ?? 'recuse', warnings);
  const { seed = 0, lengthEffects = true, humans = 'pool' } = options;
  const belief = believePairs(pairs, { seed, lengthEffects, model: options.model ?? null }, warnings);
  const promise = promiseOf(belief, options.targetPrecision ?? null, warnings);
  const { accept = defaultAccept, quorum = 1 } = options;
  const promised = promise === null ? accept : (promise.threshold ?? Number.POSITIVE_INFINITY);
  const basis = belief.labelled >= fewestForCalibrated ? 'calibrated' : 'uncalibrated';
  const preferenceAt = (pair: number): Preference => {
    const machine = capped(belief, pair);
    const people = belief.labels.opinions[pair] ?? null;
    const merged = mergePeople(machine, people, humans, defaultAccept);
    // the promise is about what machines decide; where people had a say, theirs is the evidence
    const asPromised = people === null || humans === 'human_audits';
    return preferenceOf(pairs, pair, merged, basis, { accept: asPromised ? promised : accept, quorum });
  };
  const preferences: Iterable<Preference> = {
    *[Symbol.iterator]() {
      for (let pair = 0; pair < pairs.heads.length; pair += 1) yield preferenceAt(pair);
    },
  };
  const scored = buildScoreTable(table, items);
  const scoreBelief = scored.heads.length === 0 ? null : believeScores(scored, seed, warnings);
  return {
    preferences,
    scores: scoreBelief === null ? [] : candidateScores(scored, scoreBelief, humans),
    learnedModel:
      belief.learned === null
        ? null
        : {
            labelled_pairs: belief.targets.length,
            ...rememberBelief(belief.learned, belief.evidence, pairs),
            raters: behaviours(pairs),
          },
    report: reportOf({ table, pairs, belief, scoreBelief, preferences, promise, basis, warnings }),
  };
}

async function fillTable(
  input: ReconcileInput,
  options: ReconcileOptions,
  warnings: Warnings,
): Promise<VoteTable> {
  const table = new VoteTable(warnings);
  for await (const item of input.items ?? []) table.addItem(item);
  const heard = new Map<string, boolean>();
  for await (const vote of input.votes) {
    let hear = heard.get(vote.rater);
    if (hear === undefined) {
      hear = options.raters === undefined || matchesAny(vote.rater, options.raters);
      heard.set(vote.rater, hear);
    }
    if (hear || vote.rater_kind === 'gold') table.add(vote, false);
  }
  for (const pattern of options.raters ?? []) {
    const name = pattern.replace(/^!/, '');
    if (![...heard.keys()].some((rater) => matchesAny(rater, [name])))
      warnings.add('rater_not_found', pattern);
  }
  for await (const vote of input.labels ?? []) table.add(vote, true);
  if (table.voteCount === 0) warnings.add('no_votes', 'nothing to reconcile');
  return table;
}

/** P(x better) by the machines, never surer than the labels can show. */
function capped({ logits, mostSure }: PairBelief, pair: number): number {
  return Math.min(mostSure, Math.max(1 - mostSure, sigmoid(logits[pair]!)));
}

function promiseOf(belief: PairBelief, target: number | null, warnings: Warnings): PrecisionPromise | null {
  if (target === null) return null;
  if (belief.learned === null)
    warnings.add('target_precision_without_labels', `${belief.targets.length} labelled pairs`);
  const held = belief.targets.filter(({ outcome }) => outcome !== 0.5);
  const confidence = held.map(({ unit }) => Math.max(capped(belief, unit), 1 - capped(belief, unit)));
  const correct = held.map(({ unit, outcome }) => {
    const machine = capped(belief, unit);
    return machine === 0.5 ? 0.5 : machine > 0.5 === outcome > 0.5 ? 1 : 0;
  });
  return promisePrecision(
    belief.learned === null ? [] : confidence,
    belief.learned === null ? [] : correct,
    target,
  );
}
