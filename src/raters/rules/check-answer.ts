import { z } from 'zod';
import { lastLine, markedAnswer } from './answer/final-answer.ts';
import { answeredChoice } from './answer/read-choice.ts';
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
