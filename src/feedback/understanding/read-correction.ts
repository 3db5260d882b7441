import type { EventReading, FailureCategory } from '../../domain/failure-category.ts';

/** Maximum length of compared texts. */
const comparedCharacters = 20_000;

/** Infers the failure from the edit: only layout marks or white space is format; replaced numbers, dates or names are accuracy;
 * much added text is coverage; much removed or reworded text with equal facts is style. The confidences are assumed, not
 * measured.
 */
export function readCorrection(response: string, corrected: string): EventReading {
  const [before, after] = [response, corrected].map((text) => text.slice(0, comparedCharacters)) as [
    string,
    string,
  ];
  if (before === after) return reading('other', 0.5);
  if (bare(before) === bare(after)) return reading('format', 0.85);
  const [wordsBefore, wordsAfter] = [wordsOf(before), wordsOf(after)];
  const [removed, added] = [countsOnlyIn(wordsBefore, wordsAfter), countsOnlyIn(wordsAfter, wordsBefore)];
  const growth = wordsAfter.length / Math.max(1, wordsBefore.length);
  const factsChanged = removed.filter(isFact).length > 0 && added.filter(isFact).length > 0;
  if (factsChanged && growth < 1.6) return reading('accuracy', 0.75);
  if (growth >= 1.3 && removed.length <= 0.2 * wordsBefore.length) return reading('coverage', 0.7);
  if (growth <= 0.75 && added.length <= 0.2 * wordsAfter.length) return reading('style', 0.65);
  if (removed.length >= 0.8 * wordsBefore.length) return reading('relevance', 0.4);
  return factsChanged ? reading('accuracy', 0.55) : reading('style', 0.45);
}

function reading(category: FailureCategory, confidence: number): EventReading {
  return { category, confidence, request: false, from: 'correction' };
}

/** Letters and digits only, without layout. */
const bare = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
const wordsOf = (text: string) => text.match(/[\p{L}\p{N}][\p{L}\p{N}.,:%-]*/gu) ?? [];
/** A number, a date, or a name inside a sentence. */
const isFact = (word: string) => /\d/.test(word) || /^\p{Lu}\p{Ll}{2,}/u.test(word);

/** Words of `all` beyond those of `others`, each as often as it exceeds. */
function countsOnlyIn(all: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  const key = (word: string) => word.toLowerCase().replace(/[.,:]+$/, '');
  for (const word of others) left.set(key(word), (left.get(key(word)) ?? 0) + 1);
  return all.filter((word) => {
    const count = left.get(key(word)) ?? 0;
    left.set(key(word), count - 1);
    return count <= 0;
  });
}
