import type { Item } from '../domain/item.ts';
import type { Preference } from '../domain/preference.ts';
import type { RaterKind, Vote } from '../domain/vote.ts';
import { type CandidateScore, candidateScores } from './conclude/candidate-score.ts';
import { concludePairs } from './conclude/conclude-pairs.ts';
import type { ReconcileOptions } from './conclude/reconcile-options.ts';
import { type ReconcileReport, reportOf } from './conclude/report-of.ts';
import { estimateScores } from './estimate/estimate-scores.ts';
import { behaviours } from './estimate/rater-drift.ts';
import { type RaterModel, rememberPosterior } from './estimate/rater-model.ts';
import { deriveGaps } from './tables/pair-table.ts';
import { matchesAny } from './tables/rater-globs.ts';
import { buildScoreTable } from './tables/score-table.ts';
import { noPairs, type TableItem, VoteTable } from './tables/vote-table.ts';
import { Warnings } from './tables/warnings.ts';

/** What votes add up to. */
export interface Conclusion {
  /** Ordered as the items were, else by item id; inside an item by pair. Made each time they are walked through. */
  readonly preferences: Iterable<Preference>;
  /** Candidates judged by themselves: items with one scored candidate, and candidates with a scored label. */
  readonly scores: readonly CandidateScore[];
  readonly report: ReconcileReport;
  /** What was learned, ready to be stored; null where there were too few labels. */
  readonly learnedModel: Pick<RaterModel, 'labelled_pairs' | 'prior_weight' | 'effects' | 'raters'> | null;
}

/**
 * Votes as they come by, summed up at once: memory grows with pairs and raters, not with votes. Items come before
 * votes on them. What the votes add up to is asked at the end: first without one kind or the other, then in whole.
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

  /** The preferences that the votes of all other kinds add up to. */
  without(kind: RaterKind): Iterable<Preference> {
    const options = this.#options;
    return concludePairs(this.#table, this.#settled(), options, new Warnings(), kind).preferences;
  }

  /** What all of them add up to; lets go of the votes, so it comes last. */
  conclude(): Conclusion {
    const [table, warnings, options] = [this.#table, this.#warnings, this.#options];
    const { seed = 0, humans = 'pool' } = options;
    this.#warnUnknownRaters();
    const items = this.#settled();
    const whole = concludePairs(table, items, options, warnings);
    for (const item of items) item.pairs = noPairs;
    const scored = buildScoreTable(table, items);
    const scorePosterior = scored.heads.length === 0 ? null : estimateScores(scored, seed, warnings);
    const { posterior, pairs, preferences } = whole;
    return {
      preferences,
      scores: scorePosterior === null ? [] : candidateScores(scored, scorePosterior, humans),
      learnedModel:
        posterior.learned === null
          ? null
          : {
              labelled_pairs: posterior.targets.length,
              ...rememberPosterior(posterior.learned, posterior.evidence, pairs),
              raters: behaviours(pairs),
            },
      report: reportOf({ ...whole, table, scorePosterior, warnings }),
    };
  }

  /** The items in their order, scores turned into opinions of pairs: done once, when nothing more comes. */
  #settled(): readonly TableItem[] {
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
