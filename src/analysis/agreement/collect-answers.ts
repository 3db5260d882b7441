import { familyOf } from '../../domain/family.ts';
import type { Item } from '../../domain/item.ts';
import type { PairwiseVote, PointwiseVote, RaterKind, Vote } from '../../domain/vote.ts';
import { signedRanks } from '../../reconcile/tables/listwise-pairs.ts';
import { matchesAny } from '../../reconcile/tables/rater-globs.ts';
import {
  type AnswerBook,
  type BookRater,
  emptyPairAnswer,
  factsOf,
  type ItemFacts,
  ofCriterion,
  type PairAnswer,
  type PairQuestion,
  type ScoreAnswer,
  type ScoreQuestion,
  type Tally,
  weightOfAnswer,
} from './answer-book.ts';

type Stream<T> = AsyncIterable<T> | Iterable<T>;

export interface AnswerSources {
  readonly votes: Stream<Vote>;
  readonly items?: Stream<Item> | undefined;
  readonly labels?: Stream<Vote> | undefined;
  /** Names or globs of the raters to include; labels are always read. */
  readonly raters?: readonly string[] | undefined;
}

/**
 * Reads votes, items and labels once, streamed. Gold votes among the votes are labels, and so are human votes in the
 * labels file. Scores of two candidates also answer the pair question about them, where any rater answered it.
 */
export async function collectAnswers(sources: AnswerSources): Promise<AnswerBook> {
  const collector = new AnswerCollector();
  for await (const item of sources.items ?? []) collector.addItem(item);
  const included = new Map<string, boolean>();
  for await (const vote of sources.votes) {
    let isIncluded = included.get(vote.rater);
    if (isIncluded === undefined) {
      isIncluded = vote.rater_kind === 'gold' || matchesAny(vote.rater, sources.raters ?? []);
      included.set(vote.rater, isIncluded);
    }
    if (isIncluded) collector.addVote(vote, vote.rater_kind === 'gold');
  }
  for await (const label of sources.labels ?? []) collector.addVote(label, true);
  return collector.finish();
}

class AnswerCollector {
  readonly #raters: BookRater[] = [];
  readonly #raterIndex = new Map<string, number>();
  readonly #items = new Map<string, ItemFacts>();
  readonly #pairs = new Map<string, PairQuestion>();
  readonly #scores = new Map<string, ScoreQuestion>();
  readonly #warnings = new Map<string, number>();
  #votes = 0;
  #labels = 0;
  #weightless = 0;
  #light = 0;

  addItem(item: Item): void {
    this.#items.set(item.id, factsOf(item));
  }

  addVote(vote: Vote, isLabel: boolean): void {
    if (isLabel) this.#labels += 1;
    else this.#votes += 1;
    const weight = vote.weight ?? 1;
    if (weight < 1 && (vote.outcome === 'verdict' || vote.outcome === 'tie')) {
      if (weight === 0) this.#weightless += 1;
      else this.#light += 1;
    }
    const rater = this.#rater(vote, isLabel);
    if (this.#items.size > 0 && !this.#items.has(vote.item)) this.#warn('unknown_item');
    if (vote.kind === 'pairwise') this.#addPairwise(vote, rater, isLabel);
    else if (vote.kind === 'pointwise') this.#addPointwise(vote, rater, isLabel);
    else {
      for (const { x, y, sign } of vote.outcome === 'verdict' ? signedRanks(vote.ranking ?? []) : []) {
        const answer = this.#pairAnswer(vote.item, x, y, rater, isLabel);
        if (weight === 0) answer.abstains += 1;
        else {
          count(answer.orderless, sign);
          answer.missingWeight += 1 - weight;
        }
      }
      if (vote.outcome !== 'verdict') this.#warn('listwise_without_ranking');
    }
  }

  finish(): AnswerBook {
    this.#answerPairsFromScores();
    const pairs = inKeyOrder(this.#pairs);
    const scores = inKeyOrder(this.#scores);
    this.#useHumanVotesAsLabels([...pairs, ...scores]);
    for (const question of [...pairs, ...scores])
      if (question.answers.size === 0 && question.labels.size > 0) this.#warn('label_without_votes');
    return {
      raters: this.#raters,
      pairs,
      scores,
      votes: this.#votes,
      labels: this.#labels,
      weightless: this.#weightless,
      light: this.#light,
      warnings: this.#warnings,
    };
  }

  #addPairwise(vote: PairwiseVote, rater: number, isLabel: boolean): void {
    const [first, second] = vote.shown;
    const answer = this.#pairAnswer(vote.item, first, second, rater, isLabel);
    if (vote.outcome === 'abstain' || vote.weight === 0) answer.abstains += 1;
    else if (vote.outcome === 'error') answer.errors += 1;
    else {
      const firstIsX = first < second;
      const order = vote.orders !== undefined ? 'orderless' : firstIsX ? 'xFirst' : 'yFirst';
      // Another criterion is another question: no repetition, and no flip with the order.
      const own = vote.criterion === undefined ? null : ofCriterion(answer, vote.criterion);
      const before = (own ?? answer)[order];
      const sign = vote.outcome === 'tie' ? 0 : (vote.preferred === first) === firstIsX ? 1 : -1;
      if (vote.sample === undefined && before.x + before.neither + before.y > 0) this.#warn('repeated_vote');
      count(answer[order], sign);
      if (own !== null) count(own[order], sign);
      answer.missingWeight += 1 - (vote.weight ?? 1);
    }
  }

  #addPointwise(vote: PointwiseVote, rater: number, isLabel: boolean): void {
    const question = this.#scoreQuestion(vote.item, vote.candidate, vote.criterion ?? null);
    const answers = (isLabel ? question.labels : question.answers) as Map<number, ScoreAnswer>;
    let answer = answers.get(rater);
    if (answer === undefined) {
      answer = {
        kind: 'score',
        sum: 0,
        count: 0,
        first: 0,
        firstSample: Infinity,
        abstains: 0,
        errors: 0,
        missingWeight: 0,
      };
      answers.set(rater, answer);
    }
    if (vote.scale !== undefined && vote.scale !== null) this.#raters[rater]!.scale = vote.scale.join('..');
    if (vote.weight === 0) answer.abstains += 1;
    else if (vote.outcome === 'error') answer.errors += 1;
    else if (vote.outcome !== 'verdict' || !Number.isFinite(vote.score)) answer.abstains += 1;
    else {
      answer.sum += vote.score!;
      answer.count += 1;
      answer.missingWeight += 1 - (vote.weight ?? 1);
      const sample = vote.sample ?? 0;
      if (sample < answer.firstSample) {
        answer.first = vote.score!;
        answer.firstSample = sample;
      }
    }
  }

  /** Human votes beside those of judges are the labels that the judges are compared with. */
  #useHumanVotesAsLabels(questions: readonly (PairQuestion | ScoreQuestion)[]): void {
    const isHuman = (rater: number) => this.#raters[rater]!.kind === 'human';
    if (!questions.some(({ answers }) => [...answers.keys()].some((rater) => !isHuman(rater)))) return;
    for (const { answers, labels } of questions) {
      for (const [rater, answer] of answers) {
        if (!isHuman(rater)) continue;
        labels.set(rater, answer);
        answers.delete(rater);
      }
    }
  }

  /** A difference of mean scores is an opinion on the pair, without an order. */
  #answerPairsFromScores(): void {
    if (this.#pairs.size === 0 || this.#scores.size === 0) return;
    const byCandidate = new Map<string, ScoreQuestion[]>();
    for (const question of this.#scores.values()) {
      const key = `${question.item}\u0000${question.candidate}`;
      byCandidate.set(key, [...(byCandidate.get(key) ?? []), question]);
    }
    for (const pair of this.#pairs.values()) {
      const ofX = byCandidate.get(`${pair.item}\u0000${pair.x}`) ?? [];
      const ofY = byCandidate.get(`${pair.item}\u0000${pair.y}`) ?? [];
      for (const side of ['answers', 'labels'] as const) {
        const raters = new Set(ofX.flatMap((question) => [...question[side].keys()]));
        for (const rater of raters) {
          const x = meanScore(ofX, rater, side);
          const y = meanScore(ofY, rater, side);
          const answers = pair[side] as Map<number, PairAnswer>;
          if (y === undefined || answers.has(rater)) continue;
          const answer = emptyPairAnswer();
          if (x === null || y === null || x === undefined) answer.abstains += 1;
          else {
            count(answer.orderless, Math.sign(x.mean - y.mean));
            answer.missingWeight += 1 - Math.min(x.weight, y.weight);
          }
          answers.set(rater, answer);
        }
      }
    }
  }

  #rater(vote: Vote, isLabel: boolean): number {
    const key = `${isLabel ? 'label' : 'vote'}\u0000${vote.rater}`;
    const known = this.#raterIndex.get(key);
    if (known !== undefined) return known;
    const kind: RaterKind = vote.rater_kind;
    const model = vote.model ?? null;
    this.#raters.push({ id: vote.rater, kind, model, family: familyOf(model), scale: null });
    this.#raterIndex.set(key, this.#raters.length - 1);
    return this.#raters.length - 1;
  }

  #pairAnswer(item: string, first: string, second: string, rater: number, isLabel: boolean): PairAnswer {
    const [x, y] = first < second ? [first, second] : [second, first];
    const key = `${item}\u0000${x}\u0000${y}`;
    let question = this.#pairs.get(key);
    if (question === undefined) {
      const facts = this.#items.get(item);
      const [left, right] = [facts?.candidates.get(x), facts?.candidates.get(y)];
      if (facts !== undefined && (left === undefined || right === undefined)) this.#warn('unknown_candidate');
      const known = typeof left?.characters === 'number' && typeof right?.characters === 'number';
      question = {
        kind: 'pair',
        ...this.#place(item),
        x,
        y,
        lengthDifference: known ? left.characters - right.characters : null,
        authors: [left?.author ?? null, right?.author ?? null],
        answers: new Map(),
        labels: new Map(),
      };
      this.#pairs.set(key, question);
    }
    const answers = (isLabel ? question.labels : question.answers) as Map<number, PairAnswer>;
    let answer = answers.get(rater);
    if (answer === undefined) {
      answer = emptyPairAnswer();
      answers.set(rater, answer);
    }
    return answer;
  }

  #scoreQuestion(item: string, candidate: string, criterion: string | null): ScoreQuestion {
    const key = `${item}\u0000${candidate}\u0000${criterion ?? ''}`;
    let question = this.#scores.get(key);
    if (question === undefined) {
      const place = this.#place(item);
      question = { kind: 'score', ...place, candidate, criterion, answers: new Map(), labels: new Map() };
      this.#scores.set(key, question);
    }
    return question;
  }

  #place(item: string) {
    const facts = this.#items.get(item);
    return { item, cluster: facts?.cluster ?? item, category: facts?.category ?? null };
  }

  #warn(name: string): void {
    this.#warnings.set(name, (this.#warnings.get(name) ?? 0) + 1);
  }
}

/** The same order whatever the order of the votes. */
function inKeyOrder<T>(questions: ReadonlyMap<string, T>): T[] {
  return [...questions].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, question]) => question);
}

function count(tally: Tally, sign: number): void {
  if (sign > 0) tally.x += 1;
  else if (sign < 0) tally.y += 1;
  else tally.neither += 1;
}

/** Mean over criteria and samples, and the mean weight; null where asked without a score, undefined where never asked. */
function meanScore(
  questions: readonly ScoreQuestion[],
  rater: number,
  side: 'answers' | 'labels',
): { readonly mean: number; readonly weight: number } | null | undefined {
  const answers = questions.flatMap((question) => question[side].get(rater) ?? []) as ScoreAnswer[];
  if (answers.length === 0) return undefined;
  const scored = answers.filter((answer) => answer.count > 0);
  if (scored.length === 0) return null;
  return {
    mean: scored.reduce((sum, answer) => sum + answer.sum / answer.count, 0) / scored.length,
    weight: scored.reduce((sum, answer) => sum + weightOfAnswer(answer), 0) / scored.length,
  };
}
