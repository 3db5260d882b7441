import { z } from 'zod';
import { type Check, spanAt, within } from './finding.ts';
import { type Bounds, bounds, ruleKind } from './rule-kind.ts';

const markdownElements = [
  'heading',
  'bullet',
  'numbered',
  'table',
  'bold',
  'code',
  'link',
  'quote',
  'any',
] as const;

/** The rule `markdown`. */
export const markdownRule = ruleKind({
  check: 'markdown',
  options: {
    element: z.enum(markdownElements),
    ...bounds,
  },
  compile: compileMarkdown,
});

type Element = (typeof markdownElements)[number];

const patterns: Readonly<Record<Exclude<Element, 'any' | 'code'>, RegExp>> = {
  heading: /^#{1,6}[ \t]+\S.*$/gm,
  // not `* * *`, which is a line
  bullet: /^[ \t]{0,8}(?![-*_ \t]+$)[-*+•][ \t]+\S.*$/gm,
  numbered: /^[ \t]{0,8}\d{1,3}[.)][ \t]+\S.*$/gm,
  table: /^[ \t]{0,8}\|?[ \t]{0,8}:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)+\|?[ \t]*$/gm,
  bold: /\*\*[^\s*][^*\n]{0,400}?\*\*|(?<!\w)__(?![a-z]+__)[^\s_][^_\n]{0,400}?__(?!\w)/g,
  link: /\[[^\]\n]{1,400}\]\([^)\s]{1,2000}\)/g,
  quote: /^[ \t]{0,3}>[ \t]?\S.*$/gm,
};

/** How much of a kind of Markdown the response has; what stands inside code does not count. */
function compileMarkdown(rule: Bounds & { readonly element: Element }): Check {
  const bounds = rule.min === undefined && rule.max === undefined ? { min: 1 } : rule;
  const { element } = rule;
  return ({ text }) => {
    if (element === 'code') return within(text.codeBlocks.length, 'code blocks', bounds);
    const kinds = element === 'any' ? Object.values(patterns) : [patterns[element]];
    let count = element === 'any' ? text.codeBlocks.length : 0;
    let span: { readonly index: number; readonly length: number } | null = null;
    for (const pattern of kinds) {
      for (const match of text.prose.matchAll(pattern)) {
        count += 1;
        span ??= { index: match.index, length: match[0].length };
      }
    }
    const what = element === 'any' ? 'pieces of Markdown' : `Markdown ${element}s`;
    return within(
      count,
      what,
      bounds,
      span === null ? undefined : spanAt(text.text, span.index, span.index + span.length),
    );
  };
}
