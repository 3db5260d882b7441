import type { Preference } from '../domain/preference.ts';
import { type RaterKind, raterKinds } from '../domain/vote.ts';
import type { VoteCollection } from '../reconcile/reconcile.ts';
import type { RaterCounts } from './vote-counter.ts';

/** What one kind of rater changed: the reconciliation with it against the one without it. */
export interface MethodEffect {
  readonly kind: RaterKind;
  readonly votes: number;
  /** Pairs on which this kind alone prefers one candidate. */
  readonly pairs_with_a_lean: number;
  /** Share of those on which its lean is the final preference; null without any. */
  readonly agreement: number | null;
  /** Items with a pair that would have been decided the other way without it. */
  readonly items_flipped: number;
  /** Pairs accepted only because of it, and pairs that would have been accepted without it. */
  readonly pairs_accepted_by_it: number;
  readonly pairs_stopped_by_it: number;
  readonly cost_usd: number;
}

/** Compares the final preferences, as they come by, with those that each kind of rater would have been missing from. */
export class MethodComparison {
  readonly #kinds: readonly KindComparison[];

  /**
   * Reconciles once more for each kind, without its votes. With one kind only there is nothing to compare.
   * @param votes all of them, before they are concluded.
   */
  constructor(votes: VoteCollection, kinds: ReadonlySet<RaterKind>) {
    const compared = kinds.size < 2 ? [] : raterKinds.filter((kind) => kinds.has(kind));
    this.#kinds = compared.map((kind) => new KindComparison(kind, votes.without(kind)));
  }

  /** @param preference of the whole panel; each once, in their order. */
  add(preference: Preference): void {
    for (const kind of this.#kinds) kind.add(preference);
  }

  effects(raters: readonly RaterCounts[]): readonly MethodEffect[] {
    return this.#kinds.map((kind) => kind.effect(raters.filter((rater) => rater.kind === kind.name)));
  }
}

class KindComparison {
  readonly name: RaterKind;
  readonly #others: Iterator<Preference>;
  #next: IteratorResult<Preference>;
  #leans = 0;
  #agreeing = 0;
  #accepted = 0;
  #stopped = 0;
  #flipped = 0;
  #lastFlipped: string | null = null;

  constructor(name: RaterKind, others: Iterable<Preference>) {
    this.name = name;
    this.#others = others[Symbol.iterator]();
    this.#next = this.#others.next();
  }

  add(one: Preference): void {
    const lean = one.sources[this.name]?.probability ?? 0.5;
    if (lean !== 0.5) this.#leans += 1;
    if (lean > 0.5) this.#agreeing += 1;
    const other = this.#sameFromOthers(one);
    if (one.status === 'accepted' && other?.status !== 'accepted') this.#accepted += 1;
    if (one.status !== 'accepted' && other?.status === 'accepted') this.#stopped += 1;
    // a probability of one half prefers neither
    const decided = other !== null && one.probability > 0.5 && other.probability > 0.5;
    if (!decided || one.chosen === other.chosen || one.item === this.#lastFlipped) return;
    this.#flipped += 1;
    this.#lastFlipped = one.item;
  }

  effect(raters: readonly RaterCounts[]): MethodEffect {
    return {
      kind: this.name,
      votes: raters.reduce((sum, { votes }) => sum + votes, 0),
      pairs_with_a_lean: this.#leans,
      agreement: this.#leans === 0 ? null : this.#agreeing / this.#leans,
      items_flipped: this.#flipped,
      pairs_accepted_by_it: this.#accepted,
      pairs_stopped_by_it: this.#stopped,
      cost_usd: raters.reduce((sum, rater) => sum + rater.cost_usd, 0),
    };
  }

  /** The others have the same pairs in the same order, less those on which they have no votes. */
  #sameFromOthers({ item, pair: [x, y] }: Preference): Preference | null {
    if (this.#next.done === true) return null;
    const other = this.#next.value;
    if (other.item !== item || other.pair[0] !== x || other.pair[1] !== y) return null;
    this.#next = this.#others.next();
    return other;
  }
}
