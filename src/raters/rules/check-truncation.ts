import { type Check, fail, pass, spanAt } from './finding.ts';
import { ruleKind } from './rule-kind.ts';

/** The rule `truncation`. */
export const truncationRule = ruleKind({
  check: 'truncation',
  options: {},
  compile: compileTruncation,
});

const longestTask = 120;
const cutOff = /(?:[,;([{]|\s[-–—]|\b(?:and|or|but|the|an|of|with|und|oder|der|das|et|ou)|[a-z]’?'?-)$/;
/** These end a sentence too ("what it is for", "a vitamin: a"): only where a long one has no stop. */
const maybeCutOff = /\b(?:a|to|in|for|that|which|is|are|die|le|la|y|o|el)$/;
const opensJson = /^\s*(?:\{\s*["}]|\[\s*(?:[{["]|$))/;
/** Something that can be seen. */
const visible = /[^\s\p{Cf}\p{Cc}]/u;

/** The response is truncated: it ends inside a code block or a sentence. */
function compileTruncation(): Check {
  return ({ text }) => {
    if (!visible.test(text.text)) return fail('empty');
    const trimmed = text.text.trimEnd();
    const tail = spanAt(text.text, Math.max(0, trimmed.length - 60), trimmed.length);
    if (text.codeBlocks.at(-1)?.closed === false) return fail('ends inside a code block', tail);
    if (opensJson.test(trimmed.slice(0, 40)) && !/[}\]]$/.test(trimmed))
      return fail('ends inside JSON', tail);
    const lineStart = trimmed.lastIndexOf('\n') + 1;
    const last = trimmed.slice(Math.max(lineStart, trimmed.length - longestTask));
    if (cutOff.test(last)) return fail('ends in the middle of a sentence', tail);
    // a short reply, a list entry, a heading or a table row may end without a stop
    const isList = /^\s*(?:[-*+•|#>]|\d+[.)])/.test(trimmed.slice(lineStart, lineStart + 20));
    const words = last.split(' ').length;
    if (words > 6 && maybeCutOff.test(last)) return fail('ends in the middle of a sentence', tail);
    const end = last.slice(-2);
    if (!isList && words > 12 && /[\p{L}\p{N}]$/u.test(end) && !/[\p{Script=Thai}\p{Script=Han}]$/u.test(end))
      return fail('the last sentence has no end', tail);
    return pass('ends where a text may end');
  };
}
