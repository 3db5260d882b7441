import type { Item } from '../domain/item.ts';
import type { Preference } from '../domain/preference.ts';
import type { RaterKind, Vote } from '../domain/vote.ts';
import { type CandidateScore, candidateScores } from './conclude/candidate-score.ts';
import { concludePairs, type PairConclusion, type PreferenceRules } from './conclude/conclude-pairs.ts';
import { type ReconcileReport, reportOf } from './conclude/report-of.ts';
import { estimatePairs } from './estimate/estimate-pairs.ts';
import { estimateScores, type ScorePosterior } from './estimate/estimate-scores.ts';
import { behaviours } from './estimate/rater-drift.ts';
import { type RaterModel, rememberPosterior } from './estimate/rater-model.ts';
import { gatherPairEvidence } from './evidence/pair-evidence.ts';
import { gatherScoreEvidence } from './evidence/score-evidence.ts';
import { buildPairTable, deriveGaps, type PairTable, type SameFamilyPolicy } from './tables/pair-table.ts';
import { matchesAny } from './tables/rater-globs.ts';
import { buildScoreTable } from './tables/score-table.ts';
import { noPairs, type TableItem, VoteTable } from './tables/vote-table.ts';
import { Warnings } from './tables/warnings.ts';

type Stream<T> = AsyncIterable<T> | Iterable<T>;

export interface ReconcileInput {
  readonly votes: Stream<Vote>;
  /** Category, cluster, length and authors are used where items are given. */
  readonly items?: Stream<Item>;
  /** Human or gold labels; votes of raters of these kinds among the votes are labels too. */
  readonly labels?: Stream<Vote>;
}

/**
 * Which raters count, what makes a preference acceptable, and what the fit may use.
 * @example
 * const options: ReconcileOptions = { raters: ['judge-*', '!judge-small'], seed: 1, lengthEffects: false };
 */
export interface ReconcileOptions extends Partial<PreferenceRules> {
  /** Names or globs (`*`) of the raters to use; a leading `!` excludes. All raters where absent. */
  readonly raters?: readonly string[] | undefined;
  /** Seed of the cross-validation folds. Default 0. */
  readonly seed?: number;
  /** Default `recuse`. */
  readonly sameFamily?: SameFamilyPolicy;
  /** Whether the fit may use the length of the responses. Default true. */
  readonly lengthEffects?: boolean;
  /** What an earlier `calibrate` learned; used where there are too few labels to fit. */
  readonly model?: RaterModel | null;
}

/** The result of reconciling the votes. */
export interface Conclusion {
  /** In the order of the items, else by item id; within an item by pair. Recomputed on every iteration. */
  readonly preferences: Iterable<Preference>;
  /** Candidates with a score of their own: items with one scored candidate, and candidates with a scored label. */
  readonly scores: readonly CandidateScore[];
  readonly report: ReconcileReport;
  /** The fitted model, ready to be stored; null where there were too few labels. */
  readonly learnedModel: Pick<RaterModel, 'labelled_pairs' | 'prior_weight' | 'effects' | 'raters'> | null;
}

/**
 * The preferences with everything that was estimated on the way: raters, calibration, counts.
 * @example
 * const accepted = ({ preferences: all }: Reconciliation) => all.filter(({ status }) => status === 'accepted');
 */
export interface Reconciliation extends Omit<Conclusion, 'preferences'> {
  readonly preferences: readonly Preference[];
}

/**
 * Votes to preferences, pair by pair. The order of the votes has no influence on the result.
 * @example
 * const { preferences, report } = await reconcile({ votes, items, labels }, { accept: 0.9 });
 */
export async function reconcile(
  input: ReconcileInput,
  options: ReconcileOptions = {},
): Promise<Reconciliation> {
  const collection = new VoteCollection(options);
  for await (const item of input.items ?? []) collection.addItem(item);
  for await (const vote of input.votes) collection.add(vote);
  for await (const label of input.labels ?? []) collection.addLabel(label);
  const conclusion = collection.conclude();
  return { ...conclusion, preferences: [...conclusion.preferences] };
}

/**
 * Streamed votes, aggregated on arrival: memory grows with pairs and raters, not with votes. Add items before the
 * votes on them; call `without` before `conclude`.
 */
export class VoteCollection {
  readonly #options: ReconcileOptions;
  readonly #warnings = new Warnings();
  readonly #table = new VoteTable(this.#warnings);
  readonly #included = new Map<string, boolean>();
  #items: readonly TableItem[] | null = null;
  #hasItems = false;

  constructor(options: ReconcileOptions = {}) {
    this.#options = options;
  }

  addItem(item: Item): void {
    this.#hasItems = true;
    this.#table.addItem(item);
  }

  add(vote: Vote): void {
    const { raters } = this.#options;
    let includes = this.#included.get(vote.rater);
    if (includes === undefined) {
      includes = raters === undefined || matchesAny(vote.rater, raters);
      this.#included.set(vote.rater, includes);
    }
    if (includes || vote.rater_kind === 'gold') this.#table.add(vote, false);
  }

  addLabel(label: Vote): void {
    this.#table.add(label, true);
  }

  /** The preferences that follow from the votes of all other kinds of rater. */
  without(kind: RaterKind): Iterable<Preference> {
    return this.#reconcilePairs(this.#orderedItems(), kind, new Warnings()).preferences;
  }

  /** The preferences that follow from all votes. Releases the votes, so it is called last. */
  conclude(): Conclusion {
    this.#warnUnknownRaters();
    const items = this.#orderedItems();
    const whole = this.#reconcilePairs(items, null, this.#warnings);
    for (const item of items) item.pairs = noPairs;
    const { units, scorePosterior } = this.#estimateScores(items);
    return {
      preferences: whole.preferences,
      scores: scorePosterior === null ? [] : candidateScores(units, scorePosterior, this.#options.humans),
      learnedModel: learnedModelOf(whole),
      report: reportOf({ ...whole, table: this.#table, scorePosterior, warnings: this.#warnings }),
    };
  }

  /** The four stages: votes to a table, the table to evidence, evidence to a posterior, the posterior to preferences. */
  #reconcilePairs(
    items: readonly TableItem[],
    without: RaterKind | null,
    warnings: Warnings,
  ): PairConclusion {
    const { sameFamily: policy = 'recuse', seed = 0, lengthEffects = true, model = null } = this.#options;
    const pairs = buildPairTable(this.#table, items, { policy, without }, warnings);
    const evidence = gatherPairEvidence(pairs, model !== null, warnings);
    const posterior = estimatePairs(pairs, evidence, { seed, lengthEffects, model }, warnings);
    return concludePairs(pairs, posterior, this.#options, warnings);
  }

  /** The same stages for candidates with a score of their own. */
  #estimateScores(items: readonly TableItem[]): {
    readonly units: PairTable;
    readonly scorePosterior: ScorePosterior | null;
  } {
    const units = buildScoreTable(this.#table, items);
    if (units.heads.length === 0) return { units, scorePosterior: null };
    const evidence = gatherScoreEvidence(units, this.#warnings);
    return { units, scorePosterior: estimateScores(evidence, this.#options.seed ?? 0, this.#warnings) };
  }

  /** The items in their order, score gaps derived: computed once, after the last vote. */
  #orderedItems(): readonly TableItem[] {
    if (this.#items !== null) return this.#items;
    const { items } = this.#table;
    this.#items = this.#hasItems ? items : [...items].sort((one, other) => (one.id < other.id ? -1 : 1));
    for (const item of this.#items) deriveGaps(this.#table, item);
    return this.#items;
  }

  #warnUnknownRaters(): void {
    for (const pattern of this.#options.raters ?? []) {
      const name = pattern.replace(/^!/, '');
      if (![...this.#included.keys()].some((rater) => matchesAny(rater, [name])))
        this.#warnings.add('rater_not_found', pattern);
    }
    if (this.#table.voteCount === 0) this.#warnings.add('no_votes', 'nothing to reconcile');
  }
}

function learnedModelOf({ posterior, pairs }: PairConclusion): Conclusion['learnedModel'] {
  if (posterior.learned === null) return null;
  return {
    labelled_pairs: posterior.targets.length,
    ...rememberPosterior(posterior.learned, posterior.evidence, pairs),
    raters: behaviours(pairs),
  };
}
