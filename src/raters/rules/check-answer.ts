import { z } from 'zod';
import { lastLine, lastMatch, markedAnswer } from './answer/final-answer.ts';
import { answeredNumber, sameNumber } from './answer/read-number.ts';
import { findPhrase } from './find-phrase.ts';
import { type Check, fail, pass, type Span, spanAt } from './finding.ts';
import { ruleKind, text } from './rule-kind.ts';

/** The rule `answer`. */
export const answerRule = ruleKind({
  check: 'answer',
  options: {
    match: z
      .enum(['exact', 'contains', 'numeric', 'choice'])
      .default('exact')
      .describe('How the answer is compared; choice: the letter of an option'),
    value: z.union([text, z.number()]).optional().describe("Expected answer; default: the item's reference"),
    tolerance: z.number().min(0).default(1e-9).describe('With numeric: maximum absolute difference'),
    relative: z
      .number()
      .min(0)
      .default(0)
      .describe('With numeric: maximum relative difference, for example 0.01'),
  },
  compile: compileAnswer,
});

interface AnswerRule {
  readonly match: 'exact' | 'contains' | 'numeric' | 'choice';
  readonly value?: string | number | undefined;
  readonly tolerance: number;
  readonly relative: number;
}

/** The final answer against the rule's value or the item's reference; without either the rule does not apply. */
function compileAnswer(rule: AnswerRule): Check {
  return ({ item, text: { text } }) => {
    const expected = rule.value ?? item.reference ?? null;
    if (expected === null) return [];
    const wanted = String(expected);
    switch (rule.match) {
      case 'exact': {
        const answer = markedAnswer(text) ?? lastLine(text);
        const given = text.slice(answer.start, answer.end);
        return verdict(plain(given) === plain(wanted) || plain(text) === plain(wanted), answer, wanted);
      }
      case 'contains':
        return verdict(findPhrase(plain(text), plain(wanted)) !== -1, lastLine(text), wanted);
      case 'numeric': {
        const number = answeredNumber(wanted);
        if (number === null) return [];
        const given = answeredNumber(text);
        if (given === null) return fail(`no number, expected ${number.value}`);
        return verdict(sameNumber(given, number, rule), spanAt(text, given.start, given.end), wanted);
      }
      case 'choice': {
        const letter = answeredChoice(wanted);
        if (letter === null) return [];
        const given = answeredChoice(text);
        if (given === null) return fail(`no choice, expected ${letter}`);
        return verdict(given === letter, markedAnswer(text) ?? lastLine(text), wanted);
      }
    }
  };
}

function verdict(right: boolean, answer: Span, expected: string) {
  return right
    ? pass(`answers ${clip(expected)}`, answer)
    : fail(`answers something else than ${clip(expected)}`, answer);
}

/**
 * Case, articles, quotation marks, emphasis and the stops of sentences do not make another answer; signs that mean
 * something do: `C++` is not `C`, nor `3/4` `34`.
 */
function plain(text: string): string {
  const signs = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[−–]/g, '-')
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '')
    .replace(/[*_`~"“”„«»'‘’()[\]{}$!?¿¡。！？]/g, '')
    .replace(/[.,:;](?![\p{L}\p{N}])/gu, ' ');
  const words = signs.replace(/(?<![\p{L}\p{N}])(?:a|an|the)(?![\p{L}\p{N}])/gu, ' ');
  return (words.trim() === '' ? signs : words).replace(/\s+/g, ' ').trim();
}

function clip(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** The letter of a multiple-choice answer, A to J, or null. A pronoun or an article is no choice: "I think", "A dog". */
function answeredChoice(text: string): string | null {
  const marked = markedAnswer(text);
  if (marked !== null) {
    const answer = withoutMarkup(text.slice(marked.start, marked.end));
    const letter = whole(answer) ?? leading(answer) ?? named(answer) ?? standing(answer);
    if (letter !== null) return letter;
  }
  const lines = text.trim().split('\n');
  const first = withoutMarkup(lines[0]!);
  const last = withoutMarkup(lines.at(-1)!);
  return (
    whole(last) ??
    whole(first) ??
    named(last) ??
    // the last of several lines may repeat the last option
    (lines.length > 1 && leading(last) !== null ? null : (leading(last) ?? standing(last))) ??
    named(text) ??
    leading(first) ??
    leading(last) ??
    standing(text)
  );
}

function withoutMarkup(line: string): string {
  return line
    .slice(0, 400)
    .replace(/\\(?:text|textbf|mathrm|mathbf|boxed)\b|[*_$`]/g, ' ')
    .trim();
}

/** The line is the letter, in any brackets: "b", "(B)", "B." */
function whole(line: string): string | null {
  return letterOf(/^[^\p{L}\p{N}]{0,6}([a-j])[^\p{L}\p{N}]{0,6}$/iu.exec(line));
}

/** The line begins with the letter: "B) Paris", "(b) Paris", "B, I think", "B because A is wrong". */
function leading(line: string): string | null {
  return letterOf(
    /^[\s("'[{]{0,6}([a-j])(?:[).\]}:](?!\p{L})|\s?[-–—]\s)/iu.exec(line) ??
      /^[\s("'[{]{0,6}([A-J]),/.exec(line) ??
      /^[\s("'[{]{0,6}([B-HJ])(?=[\s;])/.exec(line),
  );
}

function named(text: string): string | null {
  return letterOf(lastMatch(/\b(?:[Oo]ption|[Cc]hoice|[Ll]etter)\s{1,3}[*("'[]{0,3}([A-J])\b/g, text));
}

function standing(text: string): string | null {
  return letterOf(
    lastMatch(/(?:^|[\s(["*:{$])([A-J])(?=$|[\s).\]"*:,;}$])(?!(?<=[AI]) \p{Ll}|(?<=I)['’ ])/gmu, text),
  );
}

function letterOf(match: RegExpExecArray | null): string | null {
  return match?.[1]?.toUpperCase() ?? null;
}
