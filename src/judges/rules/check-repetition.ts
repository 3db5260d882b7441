import { type Check, fail, pass, spanAt } from './finding.ts';

/** Words in a phrase; shorter ones repeat in any honest text. */
const phraseWords = 8;

/** The share of the response's words that stand inside a phrase said before. */
export function compileRepetition(rule: { readonly max: number }): Check {
  return ({ text }) => {
    const { words } = text;
    const seen = new Set<string>();
    let repeated = 0;
    let first: number | null = null;
    let coveredTo = 0;
    for (let index = 0; index + phraseWords <= words.length; index += 1) {
      let phrase = words[index]!.lower;
      for (let step = 1; step < phraseWords; step += 1) phrase += ` ${words[index + step]!.lower}`;
      if (seen.has(phrase)) {
        first ??= index;
        repeated += index + phraseWords - Math.max(index, coveredTo);
        coveredTo = index + phraseWords;
      } else seen.add(phrase);
    }
    const share = words.length === 0 ? 0 : repeated / words.length;
    if (first === null || share <= rule.max)
      return pass(`${percent(share)} of the words repeat what was said`);
    const span = spanAt(text.text, words[first]!.start, words[first + phraseWords - 1]!.end);
    return fail(`${percent(share)} of the words repeat what was said, more than ${percent(rule.max)}`, span);
  };
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
