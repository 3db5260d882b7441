import { z } from 'zod';
import { lexiconLists } from '../../domain/rule.ts';
import { lexicons } from '../../text/lexicons.ts';
import { type Check, fail, pass, spanAt } from './finding.ts';
import { readableText } from './readable-text.ts';
import { ResponseText } from './response-text.ts';
import { phrases, ruleKind } from './rule-kind.ts';
import { wordAt } from './word-runs.ts';

/** The rule `lexicon`. */
export const lexiconRule = ruleKind({
  check: 'lexicon',
  options: {
    lists: z.array(z.enum(lexiconLists)).default([]).describe('Built-in word lists'),
    words: phrases.describe('Additional words and phrases'),
  },
  problem: ({ lists, words }) =>
    lists.length + words.length === 0 ? 'checks nothing: add a condition' : undefined,
  compile: compileLexicon,
});

interface LexiconRule {
  readonly lists: readonly (typeof lexiconLists)[number][];
  readonly words: readonly string[];
}

interface Entry {
  readonly list: string;
  readonly words: readonly string[];
}

/** Words of the lists, found word by word in one pass over the response. */
function compileLexicon(rule: LexiconRule): Check {
  const byFirst = new Map<number, Entry[]>();
  const add = (list: string, phrase: string) => {
    // cut as responses are cut: "self-harm" is one word
    const text = new ResponseText(readableText(phrase).text);
    const first = text.words.hashes[0];
    if (first === undefined) return;
    const words = Array.from({ length: text.words.count }, (_unused, index) => wordAt(text, index));
    byFirst.set(first, [...(byFirst.get(first) ?? []), { list, words }]);
  };
  for (const list of rule.lists) for (const phrase of lexicons[list]) add(list, phrase);
  for (const phrase of rule.words) add('words', phrase);
  return ({ text }) => {
    const { response, spanIn } = text.readable;
    const { count, hashes, starts, ends } = response.words;
    for (let index = 0; index < count; index += 1) {
      const entry = byFirst
        .get(hashes[index]!)
        ?.find(({ words }) => words.every((word, step) => wordAt(response, index + step) === word));
      if (entry === undefined) continue;
      const { start, end } = spanIn(starts[index]!, ends[index + entry.words.length - 1]!);
      return fail(`a word of the list "${entry.list}"`, spanAt(text.text, start, end));
    }
    return pass('no word of the lists');
  };
}
