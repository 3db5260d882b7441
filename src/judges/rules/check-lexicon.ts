import type { lexiconLists } from '../../domain/rule.ts';
import { lexicons } from '../../text/lexicons.ts';
import { type Check, fail, pass, spanAt } from './finding.ts';

interface LexiconRule {
  readonly lists: readonly (typeof lexiconLists)[number][];
  readonly words: readonly string[];
}

interface Entry {
  readonly list: string;
  /** The words of the entry after its first. */
  readonly rest: readonly string[];
}

/** Words of the lists, found word by word in one pass over the response. */
export function compileLexicon(rule: LexiconRule): Check {
  const byFirst = new Map<string, Entry[]>();
  const add = (list: string, phrase: string) => {
    const [first = '', ...rest] = phrase.toLowerCase().split(/\s+/);
    byFirst.set(first, [...(byFirst.get(first) ?? []), { list, rest }]);
  };
  for (const list of rule.lists) for (const phrase of lexicons[list]) add(list, phrase);
  for (const phrase of rule.words) add('words', phrase);
  return ({ text }) => {
    const { words } = text;
    for (let index = 0; index < words.length; index += 1) {
      const entry = byFirst
        .get(words[index]!.lower)
        ?.find(({ rest }) => rest.every((word, step) => words[index + 1 + step]?.lower === word));
      if (entry === undefined) continue;
      const end = words[index + entry.rest.length]!.end;
      return fail(`a word of the list "${entry.list}"`, spanAt(text.text, words[index]!.start, end));
    }
    return pass('no word of the lists');
  };
}
