import { findPhrase } from './find-phrase.ts';
import { type Check, fail, pass, spanAt } from './finding.ts';
import { ResponseText } from './response-text.ts';
import { phrases, ruleKind } from './rule-kind.ts';

/** The rule `mentions`. */
export const mentionsRule = ruleKind({
  check: 'mentions',
  options: {
    all: phrases,
    any: phrases,
    none: phrases,
  },
  problem: ({ all, any, none }) =>
    all.length + any.length + none.length === 0 ? 'checks nothing: add a condition' : undefined,
  compile: compileMentions,
});

interface MentionsRule {
  readonly all: readonly string[];
  readonly any: readonly string[];
  readonly none: readonly string[];
}

/** Words or phrases that must, or must not, occur in the response; case and word forms are ignored. */
function compileMentions(rule: MentionsRule): Check {
  const lower = (phrases: readonly string[]) =>
    phrases.map((phrase) => new ResponseText(phrase).readable.response.lower.trim());
  const [all, any, none] = [lower(rule.all), lower(rule.any), lower(rule.none)];
  return ({ text }) => {
    const { response, spanIn } = text.readable;
    for (const phrase of none) {
      const at = findPhrase(response.lower, phrase);
      if (at === -1) continue;
      const { start, end } = spanIn(at, at + phrase.length);
      return fail(`mentions "${phrase}"`, spanAt(text.text, start, end));
    }
    const missing = all.find((phrase) => findPhrase(response.lower, phrase) === -1);
    if (missing !== undefined) return fail(`does not mention "${missing}"`);
    if (any.length > 0 && !any.some((phrase) => findPhrase(response.lower, phrase) !== -1)) {
      return fail(`mentions none of ${any.map((phrase) => `"${phrase}"`).join(', ')}`);
    }
    return pass('mentions what it must and nothing that it must not');
  };
}
