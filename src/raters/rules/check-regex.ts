import { RE2JS } from 're2js';
import { type Check, fail, pass, spanAt } from './finding.ts';
import { presence, ruleKind, text } from './rule-kind.ts';

const pattern = text.superRefine((source, context) => {
  try {
    RE2JS.compile(source);
  } catch (error) {
    const detail = (error as Error).message.replace(/^error parsing regexp: /, '');
    context.addIssue(`is not an RE2 regular expression (linear time, no lookaround): ${detail}`);
  }
});

/** The rule `regex`. */
export const regexRule = ruleKind({
  check: 'regex',
  options: {
    pattern: pattern.describe('Pattern in RE2 syntax, for example "(?i)as an AI"; (?i) ignores case'),
    expect: presence.default('present').describe('Whether the pattern must be present or absent'),
  },
  compile: compileRegex,
});

/** Long s and the Kelvin sign are s and k to one engine's case folding at word edges, not to the other's. */
const foldsToAscii = /[\u017f\u212a]/;

/** A user-defined pattern in RE2 syntax, matched in linear time for any pattern and text. */
function compileRegex(rule: { readonly pattern: string; readonly expect: 'present' | 'absent' }): Check {
  const pattern = RE2JS.compile(rule.pattern);
  const quick = quickPattern(rule.pattern);
  const shown = `/${rule.pattern}/`;
  return ({ text: { text } }) => {
    // the plain test is several times quicker than the search for the span
    if (!(quick !== null && !foldsToAscii.test(text) ? quick : pattern).test(text)) {
      return rule.expect === 'absent' ? pass(`${shown} does not match`) : fail(`${shown} matches nothing`);
    }
    if (rule.expect === 'present') return pass(`${shown} matches`);
    const matcher = pattern.matcher(text);
    matcher.find();
    return fail(`${shown} must not match`, spanAt(text, matcher.start(), matcher.end()));
  };
}

/**
 * ASCII literals, `\b \d \w`, classes, fixed counts and alternatives at the top: without groups and open repetition
 * there is nothing to backtrack into, so the built-in engine is linear too, and ten times quicker than RE2 in JavaScript.
 */
const simple =
  /^(?:[A-Za-z0-9 !"#%&',\-/:;<=>@_`~]|\\[bdw.()[\]{}*+?^$|\\]|\[[A-Za-z0-9 -]+\]|\{[1-9]\d?\}|\|)+$/;

/** The same pattern for the built-in engine; null if only RE2 is safe. */
export function quickPattern(source: string): RegExp | null {
  const ignoreCase = source.startsWith('(?i)');
  const body = ignoreCase ? source.slice(4) : source;
  if (!simple.test(body)) return null;
  try {
    return new RegExp(body, ignoreCase ? 'iu' : 'u');
  } catch {
    // what only RE2 understands, such as a count after \b
    return null;
  }
}
