import {
  type AnswerBook,
  type PairAnswer,
  type Question,
  type ScoreAnswer,
  valueOfAnswer,
  weightOfAnswer,
} from './answer-book.ts';

/** An answer's value (1, 0, -1 for a pair, a score for a candidate) and how much of a whole opinion it is worth. */
export interface Opinion {
  readonly value: number;
  readonly weight: number;
}

/** What a question's answers are held against; null where unknown. */
export type Reference = (question: Question) => Opinion | null;

export function opinionOf(answer: PairAnswer | ScoreAnswer): Opinion | null {
  const value = valueOfAnswer(answer);
  return value === null ? null : { value, weight: weightOfAnswer(answer) };
}

/** Gold where there is gold, otherwise what most people said; null without a label or where people are split. */
export function labelOf(book: AnswerBook, question: Question): Opinion | null {
  const gold: Opinion[] = [];
  const people: Opinion[] = [];
  for (const [rater, answer] of question.labels) {
    const opinion = opinionOf(answer);
    if (opinion !== null) (book.raters[rater]!.kind === 'gold' ? gold : people).push(opinion);
  }
  return plurality(gold.length > 0 ? gold : people);
}

/** What most of the raters but one say; null where they are split or silent. */
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

/** The value with the most weight behind it, worth as much as its heaviest opinion; null where two share the first place. */
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
