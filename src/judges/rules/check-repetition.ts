import { type Check, fail, pass, spanAt } from './finding.ts';
import { sameRun, wordRuns } from './word-runs.ts';

/** Words in a phrase; shorter ones repeat in any honest text. */
const phraseWords = 8;

/** The share of the response's words that stand inside a phrase said before. */
export function compileRepetition(rule: { readonly max: number }): Check {
  return ({ text }) => {
    const { words } = text;
    const seen = new Map<number, number>();
    let repeated = 0;
    let first: number | null = null;
    let coveredTo = 0;
    const runs = wordRuns(text, phraseWords);
    for (let index = 0; index < runs.length; index += 1) {
      const earlier = seen.get(runs[index]!);
      if (earlier === undefined) seen.set(runs[index]!, index);
      else if (sameRun(text, earlier, text, index, phraseWords)) {
        first ??= index;
        repeated += index + phraseWords - Math.max(index, coveredTo);
        coveredTo = index + phraseWords;
      }
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
