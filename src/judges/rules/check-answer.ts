import { type Check, fail, pass, type Span, spanAt } from './finding.ts';

interface AnswerRule {
  readonly match: 'exact' | 'contains' | 'numeric' | 'choice';
  readonly value?: string | number | undefined;
  readonly tolerance: number;
  readonly relative: number;
}

/** The final answer against the rule's value or the item's reference; without either the rule does not apply. */
export function compileAnswer(rule: AnswerRule): Check {
  return ({ item, text: { text } }) => {
    const expected = rule.value ?? item.reference ?? null;
    if (expected === null) return [];
    const answer = finalAnswer(text);
    switch (rule.match) {
      case 'exact':
        return verdict(
          plain(answer.text) === plain(String(expected)) || plain(text) === plain(String(expected)),
          answer,
          expected,
        );
      case 'contains':
        return verdict(plain(text).includes(plain(String(expected))), answer, expected);
      case 'numeric': {
        const wanted = lastNumber(String(expected));
        if (wanted === null) return [];
        const given = lastNumber(answer.text) ?? lastNumber(text);
        if (given === null) return fail(`no number, expected ${wanted.value}`);
        const difference = Math.abs(given.value - wanted.value);
        const right = difference <= Math.max(rule.tolerance, rule.relative * Math.abs(wanted.value));
        return verdict(right, given.span.text === '' ? answer : given.span, wanted.value);
      }
      case 'choice': {
        const given = choiceOf(answer.text) ?? choiceOf(text);
        if (given === null) return fail(`no choice, expected ${expected}`);
        return verdict(
          given === (choiceOf(String(expected)) ?? String(expected).toUpperCase()),
          answer,
          expected,
        );
      }
    }
  };
}

function verdict(right: boolean, answer: Span, expected: string | number) {
  return right
    ? pass(`answers ${expected}`, answer)
    : fail(`answers something else than ${clip(String(expected))}`, answer);
}

/** Where the answer stands: in a box, behind "answer:", else in the last line. */
function finalAnswer(text: string): Span {
  const boxed = lastMatch(/\\boxed\{([^{}]{0,200}(?:\{[^{}]{0,100}\}[^{}]{0,100})*)\}/g, text);
  const marked = boxed ?? lastMatch(/(?:\banswer(?: is)?|####)[ \t]*[:=]?[ \t]*([^\n]{1,200})/gi, text);
  if (marked !== null) {
    const start = marked.index + marked[0].lastIndexOf(marked[1]!);
    return spanAt(text, start, start + marked[1]!.length);
  }
  const end = text.trimEnd().length;
  return spanAt(text, text.lastIndexOf('\n', end - 1) + 1, end);
}

function lastMatch(pattern: RegExp, text: string): RegExpExecArray | null {
  let last: RegExpExecArray | null = null;
  for (const match of text.matchAll(pattern)) last = match;
  return last;
}

/** The last number, thousands separators and simple fractions read. */
function lastNumber(text: string): { readonly value: number; readonly span: Span } | null {
  const match = lastMatch(
    /[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[-+]?\d{1,3})?(?:\s?\/\s?\d+(?:\.\d+)?)?/gi,
    text,
  );
  if (match === null) return null;
  const [numerator, denominator] = match[0].replaceAll(',', '').replace('−', '-').split('/').map(Number);
  const value = denominator === undefined ? numerator! : numerator! / denominator;
  return Number.isFinite(value)
    ? { value, span: spanAt(text, match.index, match.index + match[0].length) }
    : null;
}

function choiceOf(text: string): string | null {
  return lastMatch(/(?:^|[\s(["*:])([A-J])(?=$|[\s).\]"*:,])/g, text)?.[1] ?? null;
}

/** Case, articles, punctuation and space do not make another answer (SQuAD's normalisation). */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s.%-]/gu, '')
    .replace(/\b(?:a|an|the)\b/g, ' ')
    .replace(/[\s.]+/g, ' ')
    .trim();
}

function clip(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
