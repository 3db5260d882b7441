import { contentWords, numbersOf, shareOf, wordsOf } from './words.ts';

/** Up to this many words a reference is an answer to be found whole; beyond it is a text to be compared with. */
const shortAnswerWords = 6;

/** How far a response agrees with a reference answer on its surface, in [0, 1]. Words and numbers only: no meaning. */
export function referenceAgreement(response: string, reference: string): number {
  const overlap = overlapOf(response, reference);
  const numbers = shareOf(numbersOf(reference), numbersOf(response));
  const words = wordsOf(reference);
  if (words.length <= shortAnswerWords) {
    const whole = ` ${wordsOf(response).join(' ')} `.includes(` ${words.join(' ')} `) ? 1 : 0;
    return 0.7 * whole + 0.3 * (numbers ?? overlap);
  }
  return numbers === null ? overlap : 0.6 * overlap + 0.4 * numbers;
}

/** F-measure of content words that leans to recall (beta = 2), so that a longer response is not punished twice. */
function overlapOf(response: string, reference: string): number {
  const there = contentWords(response);
  const wanted = contentWords(reference);
  const recall = shareOf(wanted, there) ?? 0;
  const precision = shareOf(there, wanted) ?? 0;
  return recall + precision === 0 ? 0 : (5 * precision * recall) / (4 * precision + recall);
}
