import { type Check, fail, pass, spanAt } from './finding.ts';
import type { ResponseText } from './response-text.ts';
import { ruleKind, share } from './rule-kind.ts';
import { sameRun, wordRuns } from './word-runs.ts';

/** The rule `repetition`. */
export const repetitionRule = ruleKind({
  check: 'repetition',
  options: {
    max: share.default(0.2).describe('Maximum share of repeated text; default: 0.2'),
  },
  compile: compileRepetition,
});

/** Words in a phrase; shorter ones repeat in any honest text. */
const phraseWords = 8;

interface Repeats {
  /** In words, or in characters for a run of them. */
  readonly share: number;
  readonly first: { readonly start: number; readonly end: number } | null;
}

/** The share of the response that says again what was said: words inside a phrase of eight, or characters in a loop. */
function compileRepetition(rule: { readonly max: number }): Check {
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
  static #slots = new Int32Array(0);
  readonly #mask: number;

  /** One table serves all, emptied: a check has done with it before another begins. */
  constructor(runs: number) {
    const size = 2 ** Math.ceil(Math.log2(2 * runs + 2));
    if (FirstPlaces.#slots.length < size) FirstPlaces.#slots = new Int32Array(size);
    else FirstPlaces.#slots.fill(0, 0, size);
    this.#mask = size - 1;
  }

  placeOf(runs: readonly number[], index: number): number {
    const slots = FirstPlaces.#slots;
    const run = runs[index]!;
    for (let slot = Math.imul(run, 0x9e3779b1) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const place = slots[slot]! - 1;
      if (place === -1) {
        slots[slot] = index + 1;
        return index;
      }
      if (runs[place] === run) return place;
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
