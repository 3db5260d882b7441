import { type Check, fail, pass, spanAt } from './finding.ts';

/** The response ends where it should not: in open code or in the middle of a sentence. */
export function compileTruncation(): Check {
  return ({ text }) => {
    const trimmed = text.text.trimEnd();
    if (trimmed === '') return fail('empty');
    const tail = spanAt(text.text, Math.max(0, trimmed.length - 60), trimmed.length);
    if (text.codeBlocks.at(-1)?.closed === false) return fail('ends inside a code block', tail);
    const last = trimmed.slice(trimmed.lastIndexOf('\n') + 1);
    if (
      /(?:[,;([{]|\s[-–—]|\b(?:and|or|but|the|a|an|of|to|with|in|for|that|which|is|are|und|oder|der|die|das|et|ou|le|la|y|o|el))$/.test(
        last,
      )
    ) {
      return fail('ends in the middle of a sentence', tail);
    }
    // a short reply, a list entry, a heading or a table row may end without a stop
    const prose = last.split(/\s+/).length > 12 && !/^\s*(?:[-*+•|#>]|\d+[.)])/.test(last);
    if (prose && /[\p{L}\p{N}]$/u.test(last) && !/[\p{Script=Thai}\p{Script=Han}]$/u.test(last)) {
      return fail('the last sentence has no end', tail);
    }
    return pass('ends where a text may end');
  };
}
