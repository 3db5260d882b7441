import { findPhrase } from './find-phrase.ts';
import { type Check, fail, pass, spanAt } from './finding.ts';

interface MentionsRule {
  readonly all: readonly string[];
  readonly any: readonly string[];
  readonly none: readonly string[];
}

/** Words or phrases that must, or must not, stand in the response; case and word forms do not count. */
export function compileMentions(rule: MentionsRule): Check {
  const lower = (phrases: readonly string[]) => phrases.map((phrase) => phrase.toLowerCase());
  const [all, any, none] = [lower(rule.all), lower(rule.any), lower(rule.none)];
  return ({ text }) => {
    for (const phrase of none) {
      const at = findPhrase(text.lower, phrase);
      if (at !== -1) return fail(`mentions "${phrase}"`, spanAt(text.text, at, at + phrase.length));
    }
    const missing = all.find((phrase) => findPhrase(text.lower, phrase) === -1);
    if (missing !== undefined) return fail(`does not mention "${missing}"`);
    if (any.length > 0 && !any.some((phrase) => findPhrase(text.lower, phrase) !== -1)) {
      return fail(`mentions none of ${any.map((phrase) => `"${phrase}"`).join(', ')}`);
    }
    return pass('mentions what it must and nothing that it must not');
  };
}
