import { lastMatch, markedAnswer } from './final-answer.ts';

/** The letter of a multiple-choice answer, A to J, or null. A pronoun or an article is no choice: "I think", "A dog". */
export function answeredChoice(text: string): string | null {
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
