import {
  type AnswerBook,
  type PairAnswer,
  type Question,
  type ScoreAnswer,
  valueOfAnswer,
  weightOfAnswer,
} from './answer-book.ts';

/** An answer's value (1, 0, -1 for a pair, a score for a candidate) and its weight. */
export interface Opinion {
  readonly value: number;
  readonly weight: number;
}

/** The reference answer of a question; null where unknown. */
export type Reference = (question: Question) => Opinion | null;

export function opinionOf(answer: PairAnswer | ScoreAnswer): Opinion | null {
  const value = valueOfAnswer(answer);
  return value === null ? null : { value, weight: weightOfAnswer(answer) };
}

/** Gold where there is gold, otherwise the human majority; null without a label or where the majority is split. */
export function labelOf(book: AnswerBook, question: Question): Opinion | null {
  const gold: Opinion[] = [];
  const human: Opinion[] = [];
  for (const [rater, answer] of question.labels) {
    const opinion = opinionOf(answer);
    if (opinion !== null) (book.raters[rater]!.kind === 'gold' ? gold : human).push(opinion);
  }
  return plurality(gold.length > 0 ? gold : human);
}

/** Leave-one-out consensus: the majority of the other raters; null where it is split or empty. */
export function consensusWithout(
  question: Question,
  raters: ReadonlySet<number>,
  left: number,
): Opinion | null {
  const opinions: Opinion[] = [];
  for (const [rater, answer] of question.answers) {
    if (rater === left || !raters.has(rater)) continue;
    const opinion = opinionOf(answer);
    if (opinion !== null) opinions.push(opinion);
  }
  return plurality(opinions);
}

/** Weights are summed in the order of the answers, which must not decide between equals. */
const noise = 1e-9;

/** The value with the largest total weight, with the weight of its heaviest opinion; null where two tie. */
export function plurality(opinions: readonly Opinion[]): Opinion | null {
  const sums = new Map<number, { sum: number; heaviest: number }>();
  for (const { value, weight } of opinions) {
    const { sum, heaviest } = sums.get(value) ?? { sum: 0, heaviest: 0 };
    sums.set(value, { sum: sum + weight, heaviest: Math.max(heaviest, weight) });
  }
  let best: Opinion | null = null;
  let most = 0;
  for (const [value, { sum, heaviest }] of sums) {
    if (sum > most + noise) {
      best = { value, weight: heaviest };
      most = sum;
    } else if (sum >= most - noise) best = null;
  }
  return best;
}
