import { familyOf } from '../../domain/family.ts';
import type { RaterFacts } from './agreement-report.ts';
import {
  type BookRater,
  countOf,
  leanOf,
  type PairAnswer,
  type PairQuestion,
  ratingOf,
  type ScoreAnswer,
  verdictOf,
  weightOfAnswer,
} from './answer-book.ts';
import type { Opinion, Reference } from './reference-answers.ts';
import { Ratio, type Resampling } from './resampling.ts';

/** Aggregates one rater, answer by answer; `finish` returns its line of the report. */
export class RaterLedger {
  readonly #resampling: Resampling;
  readonly #rater: Pick<BookRater, 'id' | 'model' | 'family'> & { readonly kind: RaterFacts['rater_kind'] };
  readonly #reference: Reference;
  readonly #ratios;
  readonly #abstainsByCategory = new Map<string, Ratio>();
  #votes = 0;

  constructor(
    rater: Pick<BookRater, 'id' | 'model' | 'family'> & { readonly kind: RaterFacts['rater_kind'] },
    reference: Reference,
    resampling: Resampling,
  ) {
    this.#rater = rater;
    this.#reference = reference;
    this.#resampling = resampling;
    const rate = () => new Ratio(resampling.groupCount);
    this.#ratios = {
      accuracy: rate(),
      decisive: rate(),
      flip: rate(),
      first: rate(),
      longer: rate(),
      lengthBias: new Ratio(resampling.groupCount, false),
      own: rate(),
      ownFamilyBias: new Ratio(resampling.groupCount, false),
      abstain: rate(),
      tie: rate(),
    };
  }

  addPair(question: PairQuestion, answer: PairAnswer): void {
    const group = this.#resampling.groupOf(question.cluster);
    const { accuracy, decisive, flip, first, tie } = this.#ratios;
    const tallies = [answer.xFirst, answer.yFirst, answer.orderless];
    const opinions = tallies.reduce((sum, tally) => sum + countOf(tally), 0);
    this.#countAbstentions(group, question.category, opinions, answer.abstains + answer.errors);
    const reference = this.#reference(question);
    const weight = weightOfAnswer(answer);
    for (const tally of tallies) {
      const votes = countOf(tally);
      if (votes === 0) continue;
      tie.add(group, tally.neither / votes, votes, weight);
      if (reference !== null && reference.value !== 0) {
        const both = Math.min(weight, reference.weight);
        const correct = reference.value > 0 ? tally.x : tally.y;
        accuracy.add(group, (correct + tally.neither / 2) / votes, votes, both);
        addDecisive(decisive, group, correct, votes - tally.neither - correct, both);
      }
    }
    addDecisive(first, group, answer.xFirst.x, answer.xFirst.y, weight);
    addDecisive(first, group, answer.yFirst.y, answer.yFirst.x, weight);
    for (const { xFirst, yFirst } of answer.criteria?.values() ?? [answer]) {
      const [forward, backward] = [leanOf(xFirst), leanOf(yFirst)];
      if (forward && backward) flip.add(group, forward * backward < 0 ? 1 : 0, 1, weight);
    }
    this.#addPreference(question, verdictOf(answer), weight, reference, group);
  }

  addScore(question: Parameters<Reference>[0], answer: ScoreAnswer): void {
    const group = this.#resampling.groupOf(question.cluster);
    this.#countAbstentions(group, question.category, answer.count, answer.abstains + answer.errors);
    const rating = ratingOf(answer);
    const reference = this.#reference(question);
    if (rating === null || reference === null) return;
    const correct = rating === reference.value ? 1 : 0;
    const both = Math.min(weightOfAnswer(answer), reference.weight);
    this.#ratios.accuracy.add(group, correct, 1, both);
    this.#ratios.decisive.add(group, correct, 1, both);
  }

  finish(): RaterFacts {
    const measure = (ratio: Ratio) => this.#resampling.measureRatio(ratio);
    const ratios = this.#ratios;
    return {
      rater: this.#rater.id,
      rater_kind: this.#rater.kind,
      model: this.#rater.model,
      votes: this.#votes,
      accuracy: measure(ratios.accuracy),
      decisive_accuracy: measure(ratios.decisive),
      flip_rate: measure(ratios.flip),
      position_bias: measure(ratios.first),
      longer_rate: measure(ratios.longer),
      length_bias: measure(ratios.lengthBias),
      own_family_rate: measure(ratios.own),
      own_family_bias: measure(ratios.ownFamilyBias),
      abstention_rate: measure(ratios.abstain),
      tie_rate: measure(ratios.tie),
      abstention_by_category: Object.fromEntries(
        [...this.#abstainsByCategory].sort().map(([category, ratio]) => [category, measure(ratio)]),
      ),
    };
  }

  #countAbstentions(group: number, category: string | null, opinions: number, unanswered: number): void {
    const asked = opinions + unanswered;
    if (asked === 0) return;
    this.#votes += asked;
    this.#ratios.abstain.add(group, unanswered / asked, asked);
    const name = category ?? '(none)';
    let ratio = this.#abstainsByCategory.get(name);
    if (ratio === undefined) {
      ratio = new Ratio(this.#resampling.groupCount);
      this.#abstainsByCategory.set(name, ratio);
    }
    ratio.add(group, unanswered / asked, asked);
  }

  /** Preference for length and own family, and its excess over the reference on the same pairs. */
  #addPreference(
    question: PairQuestion,
    verdict: number | null,
    weight: number,
    reference: Opinion | null,
    group: number,
  ): void {
    if (verdict === null || verdict === 0) return;
    const { longer, lengthBias, own, ownFamilyBias } = this.#ratios;
    const count = (side: number, rate: Ratio, excess: Ratio) => {
      const chosen = verdict === side ? 1 : 0;
      rate.add(group, chosen, 1, weight);
      if (reference === null || reference.value === 0) return;
      excess.add(group, chosen - (reference.value === side ? 1 : 0), 1, Math.min(weight, reference.weight));
    };
    if (question.lengthDifference !== null && question.lengthDifference !== 0)
      count(Math.sign(question.lengthDifference), longer, lengthBias);
    const { family } = this.#rater;
    if (family === null) return;
    const [x, y] = question.authors.map((author) => familyOf(author) === family);
    if (x !== y) count(x ? 1 : -1, own, ownFamilyBias);
  }
}

function addDecisive(ratio: Ratio, group: number, chosen: number, other: number, weight: number): void {
  if (chosen + other > 0) ratio.add(group, chosen / (chosen + other), chosen + other, weight);
}
