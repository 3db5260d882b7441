import { type Check, fail, pass, spanAt } from './finding.ts';
import type { ResponseText } from './response-text.ts';
import { sameRun, wordRuns } from './word-runs.ts';

/** Words in a phrase; shorter ones repeat in any honest text. */
const phraseWords = 8;

interface Repeats {
  /** In words, or in characters for a run of them. */
  readonly share: number;
  readonly first: { readonly start: number; readonly end: number } | null;
}

/** The share of the response that says again what was said: words inside a phrase of eight, or characters in a loop. */
export function compileRepetition(rule: { readonly max: number }): Check {
  return ({ text }) => {
    const [words, characters] = [repeatedWords(text), repeatedCharacters(text)];
    const [what, worse] = characters.share > words.share ? ['text', characters] : ['words', words];
    const { share, first } = worse;
    if (first === null || share <= rule.max)
      return pass(`${percent(share)} of the ${what} repeat what was said`);
    const span = spanAt(text.text, first.start, first.end);
    return fail(
      `${percent(share)} of the ${what} repeat what was said, more than ${percent(rule.max)}`,
      span,
    );
  };
}

function repeatedWords(text: ResponseText): Repeats {
  const { words } = text;
  const runs = wordRuns(text, phraseWords);
  const seen = new FirstPlaces(runs.length);
  let repeated = 0;
  let first: number | null = null;
  let coveredTo = 0;
  for (let index = 0; index < runs.length; index += 1) {
    const earlier = seen.placeOf(runs, index);
    if (earlier === index || !sameRun(text, earlier, text, index, phraseWords)) continue;
    first ??= index;
    repeated += index + phraseWords - Math.max(index, coveredTo);
    coveredTo = index + phraseWords;
  }
  if (first === null) return { share: 0, first };
  return {
    share: repeated / words.count,
    first: { start: words.starts[first]!, end: words.ends[first + phraseWords - 1]! },
  };
}

/** Where a run stood first: a hash table over the runs themselves, several times quicker than a Map of numbers. */
class FirstPlaces {
  readonly #slots: Int32Array;

  constructor(size: number) {
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * size + 2)));
  }

  placeOf(runs: Int32Array, index: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = Math.imul(runs[index]!, 0x9e3779b1) & mask; ; slot = (slot + 1) & mask) {
      const place = this.#slots[slot]! - 1;
      if (place === -1) {
        this.#slots[slot] = index + 1;
        return index;
      }
      if (runs[place] === runs[index]) return place;
    }
  }
}

const longestPeriod = 16;
const shortestLoop = 120;

/** Characters that say the `period` before them again, in what is too long for a word: "lalala…", "ha-ha-ha…". */
function repeatedCharacters({ text, words: { count, starts, ends } }: ResponseText): Repeats {
  let repeated = 0;
  let first: Repeats['first'] = null;
  for (let index = 0; index < count; index += 1) {
    const [start, end] = [starts[index]!, ends[index]!];
    if (end - start < shortestLoop) continue;
    let longest = 0;
    for (let period = 1; period <= longestPeriod; period += 1) {
      longest = Math.max(longest, inLoop(text, start, end, period));
    }
    if (longest < shortestLoop / 2) continue;
    repeated += longest;
    first ??= { start, end };
  }
  return { share: text.length === 0 ? 0 : repeated / text.length, first };
}

function inLoop(text: string, start: number, end: number, period: number): number {
  let longest = 0;
  let run = 0;
  for (let at = start + period; at < end; at += 1) {
    run = text.charCodeAt(at) === text.charCodeAt(at - period) ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
