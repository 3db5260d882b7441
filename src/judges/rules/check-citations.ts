import type { Bounds, citationStyles } from '../../domain/rule.ts';
import { type Check, fail, spanAt, within } from './finding.ts';

type Style = (typeof citationStyles)[number];

const patterns: Readonly<Record<Style, RegExp>> = {
  brackets: /\[(\d{1,3}(?:\s?[,–-]\s?\d{1,3})*)\](?!\()/g,
  'author-year':
    /\(\p{Lu}[\p{L}'’-]+(?: (?:&|and|et al\.?) ?(?:\p{Lu}[\p{L}'’-]+)?)?,? (?:19|20)\d{2}[a-z]?(?:, pp?\. ?\d+)?\)|\p{Lu}[\p{L}'’-]+(?: et al\.)? \((?:19|20)\d{2}[a-z]?\)/gu,
  url: /https?:\/\/[^\s<>()[\]"']+/g,
  footnote: /\[\^[\w-]{1,40}\](?!:)/g,
};

/** Citations in the expected form. Numbers in brackets must name a passage where the item has passages. */
export function compileCitations(rule: Bounds & { readonly style: Style }): Check {
  const bounds = rule.min === undefined && rule.max === undefined ? { min: 1 } : rule;
  return ({ item, text: { text } }) => {
    let count = 0;
    const passages = item.context?.length ?? 0;
    for (const match of text.matchAll(patterns[rule.style])) {
      count += 1;
      const outside = rule.style === 'brackets' && passages > 0 ? numberOutside(match[1]!, passages) : null;
      if (outside !== null) {
        return fail(
          `cites [${outside}], and there are ${passages} passages`,
          spanAt(text, match.index, match.index + match[0].length),
        );
      }
    }
    if (rule.style === 'footnote') {
      const missing = danglingFootnote(text);
      if (missing !== null) return fail(`the footnote ${missing} is nowhere defined`);
    }
    return within(count, `citations (${rule.style})`, bounds);
  };
}

function numberOutside(numbers: string, passages: number): number | null {
  for (const number of numbers.match(/\d+/g) ?? []) {
    if (Number(number) < 1 || Number(number) > passages) return Number(number);
  }
  return null;
}

function danglingFootnote(text: string): string | null {
  const defined = new Set([...text.matchAll(/^\[\^([\w-]{1,40})\]:/gm)].map((match) => match[1]));
  const used = [...text.matchAll(/\[\^([\w-]{1,40})\](?!:)/g)].map((match) => match[1]!);
  return used.find((name) => !defined.has(name)) ?? null;
}
