import { z } from 'zod';
import { type Check, fail, type Span, spanAt, within } from './finding.ts';
import { type Bounds, bounds, ruleKind } from './rule-kind.ts';

const citationStyles = ['brackets', 'author-year', 'url', 'footnote'] as const;

/** The rule `citations`. */
export const citationsRule = ruleKind({
  check: 'citations',
  options: {
    style: z.enum(citationStyles),
    ...bounds,
  },
  compile: compileCitations,
});

type Style = (typeof citationStyles)[number];

interface Citation {
  readonly text: string;
  readonly index: number;
}

const brackets = /\[(\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*)\](?!\()/g;
const inParentheses = /\(([^()\n]{4,300})\)/g;
/** A year behind what may be names, with a page perhaps. */
const namesAndYear = /^([^\d]{2,200})(?:19|20)\d{2}[a-z]?(?:,? ?(?:pp?\. ?)?\d[\d–-]{0,12})?$/;
/** "Smith, ", "Smith et al. ", "Smith & Lee ", or one name alone: "(World Cup 2018)" cites nothing. */
const names =
  /\p{Lu}[\p{L}'’.-]{1,40}(?:, ?| et al\.?,? ?| (?:&|and) \p{Lu}[\p{L}'’-]{1,40},? ?)$|^(?:see |cf\. ?|e\.g\.,? )?\p{Lu}[\p{L}'’-]{1,40} $/u;
const months =
  /\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Spring|Summer|Autumn|Fall|Winter|In|Since|Until|From|By|After|Before|Around),? ?$/;
const yearInParentheses =
  /(?<![\p{L}'’-])\p{Lu}[\p{L}'’-]{1,40}(?: et al\.)?(?:'s|’s)? \((?:19|20)\d{2}[a-z]?(?:,? pp?\. ?\d[\d–-]{0,12})?\)/gu;
const url = /https?:\/\/[^\s<>()[\]"']+/gi;
const footnote = /\[\^([\w-]{1,40})\]/g;

/** Citations in the expected form, outside code. Numbers in brackets must name a passage where the item has passages. */
function compileCitations(rule: Bounds & { readonly style: Style }): Check {
  const bounds = rule.min === undefined && rule.max === undefined ? { min: 1 } : rule;
  return ({ item, text }) => {
    const citations = find[rule.style](text.prose);
    const spanOf = ({ index, text: cited }: Citation): Span => spanAt(text.text, index, index + cited.length);
    const passages = item.context?.length ?? 0;
    if (rule.style === 'brackets' && passages > 0) {
      for (const citation of citations) {
        const outside = numberOutside(citation.text, passages);
        if (outside !== null)
          return fail(`cites [${outside}], and there are ${passages} passages`, spanOf(citation));
      }
    }
    if (rule.style === 'footnote') {
      const defined = new Set(definitions(text.prose));
      const missing = citations.find((citation) => !defined.has(citation.text));
      if (missing !== undefined)
        return fail(`the footnote ${missing.text.slice(2, -1)} is nowhere defined`, spanOf(missing));
    }
    const first = citations[0];
    return within(citations.length, `citations (${rule.style})`, bounds, first && spanOf(first));
  };
}

const find: Readonly<Record<Style, (prose: string) => readonly Citation[]>> = {
  // "[1]: http://…" at the beginning of a line says where a link leads
  brackets: (prose) => all(brackets, prose).filter((citation) => !isDefinition(citation, prose)),
  'author-year': (prose) => [
    ...all(inParentheses, prose).filter(({ text }) => {
      const inside = text.slice(1, -1);
      return /\d{4}/.test(inside) && inside.split(';').some((part) => isAuthorAndYear(part.trim()));
    }),
    ...all(yearInParentheses, prose),
  ],
  url: (prose) => all(url, prose),
  footnote: (prose) => all(footnote, prose).filter((citation) => !isDefinition(citation, prose)),
};

function all(pattern: RegExp, prose: string): Citation[] {
  return [...prose.matchAll(pattern)].map((match) => ({ text: match[0], index: match.index }));
}

function isAuthorAndYear(part: string): boolean {
  const before = namesAndYear.exec(part)?.[1];
  return before !== undefined && names.test(before) && !months.test(before);
}

function isDefinition({ text, index }: Citation, prose: string): boolean {
  return (
    prose[index + text.length] === ':' && /(?:^|\n) {0,3}$/.test(prose.slice(Math.max(0, index - 4), index))
  );
}

function definitions(prose: string): string[] {
  return all(footnote, prose)
    .filter((citation) => isDefinition(citation, prose))
    .map(({ text }) => text);
}

/** The first number that names no passage; `[2-4]` names all between. */
function numberOutside(numbers: string, passages: number): number | null {
  for (const number of numbers.match(/\d+/g) ?? []) {
    if (Number(number) < 1 || Number(number) > passages) return Number(number);
  }
  return null;
}
