import type { Random } from '../../stats/random.ts';
import { emptyPairAnswer, type PairAnswer, type PairQuestion } from './answer-book.ts';

/** Baseline raters to compare judges with: each answers every pair once. */
export interface ReferenceRater {
  readonly name: string;
  answer(question: PairQuestion): PairAnswer | null;
}

/** `longest` prefers the longer candidate (a tie at equal length), `random` chooses by a seeded coin. */
export function referenceRaters(random: Random): ReferenceRater[] {
  return [
    {
      name: 'longest',
      answer: ({ lengthDifference }) =>
        lengthDifference === null ? null : orderless(Math.sign(lengthDifference)),
    },
    { name: 'random', answer: () => orderless(random() < 0.5 ? 1 : -1) },
  ];
}

function orderless(sign: number): PairAnswer {
  const answer = emptyPairAnswer();
  if (sign > 0) answer.orderless.x = 1;
  else if (sign < 0) answer.orderless.y = 1;
  else answer.orderless.neither = 1;
  return answer;
}
