import { type AnswerBook, type Question, valueOfAnswer } from './answer-book.ts';

/** What a question's answers are held against: 1, 0, -1 for a pair, a score for a candidate; null where unknown. */
export type Reference = (question: Question) => number | null;

/** Gold where there is gold, otherwise what most people said; null without a label or where people are split. */
export function labelOf(book: AnswerBook, question: Question): number | null {
  const gold: number[] = [];
  const people: number[] = [];
  for (const [rater, answer] of question.labels) {
    const value = valueOfAnswer(answer);
    if (value !== null) (book.raters[rater]!.kind === 'gold' ? gold : people).push(value);
  }
  return plurality(gold.length > 0 ? gold : people);
}

/** What most of the raters but one say; null where they are split or silent. */
export function consensusWithout(
  question: Question,
  raters: ReadonlySet<number>,
  left: number,
): number | null {
  const values: number[] = [];
  for (const [rater, answer] of question.answers) {
    if (rater === left || !raters.has(rater)) continue;
    const value = valueOfAnswer(answer);
    if (value !== null) values.push(value);
  }
  return plurality(values);
}

/** The most frequent value, null where two share the first place. */
export function plurality(values: readonly number[]): number | null {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: number | null = null;
  let most = 0;
  for (const [value, count] of counts) {
    if (count > most) {
      best = value;
      most = count;
    } else if (count === most) best = null;
  }
  return best;
}
