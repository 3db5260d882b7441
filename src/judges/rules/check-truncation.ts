import { type Check, fail, pass, spanAt } from './finding.ts';

const longestLook = 120;
const dangling =
  /(?:[,;([{]|\s[-–—]|\b(?:and|or|but|the|a|an|of|to|with|in|for|that|which|is|are|und|oder|der|die|das|et|ou|le|la|y|o|el))$/;

/** The response ends where it should not: in open code or in the middle of a sentence. */
export function compileTruncation(): Check {
  return ({ text }) => {
    const trimmed = text.text.trimEnd();
    if (trimmed === '') return fail('empty');
    const tail = spanAt(text.text, Math.max(0, trimmed.length - 60), trimmed.length);
    if (text.codeBlocks.at(-1)?.closed === false) return fail('ends inside a code block', tail);
    const lineStart = trimmed.lastIndexOf('\n') + 1;
    const last = trimmed.slice(Math.max(lineStart, trimmed.length - longestLook));
    if (dangling.test(last)) return fail('ends in the middle of a sentence', tail);
    // a short reply, a list entry, a heading or a table row may end without a stop
    const isList = /^\s*(?:[-*+•|#>]|\d+[.)])/.test(trimmed.slice(lineStart, lineStart + 20));
    const prose = !isList && last.split(' ').length > 12;
    if (
      prose &&
      /[\p{L}\p{N}]$/u.test(last.slice(-2)) &&
      !/[\p{Script=Thai}\p{Script=Han}]$/u.test(last.slice(-2))
    ) {
      return fail('the last sentence has no end', tail);
    }
    return pass('ends where a text may end');
  };
}
