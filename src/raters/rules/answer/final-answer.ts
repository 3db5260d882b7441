import { type Span, spanAt } from '../finding.ts';

const boxed = /\\boxed\{([^{}]{0,200}(?:\{[^{}]{0,100}\}[^{}]{0,100})*)\}/g;
/** "answer: …", "the answer to question 2 is …", "#### …"; the answer itself may begin on the next line. */
const marked = /(?:\banswer\b[^\n.:=]{0,60}?(?:\bis\b|[:=])|####)[\s*_:=]{0,8}([^\n]{1,200})/gi;

/** Where the answer stands: in a box, behind "answer:"; null where nothing says so. */
export function markedAnswer(text: string): Span | null {
  const match = lastMatch(boxed, text) ?? lastMatch(marked, text);
  if (match === null) return null;
  const start = match.index + match[0].lastIndexOf(match[1]!);
  return spanAt(text, start, start + match[1]!.length);
}

/** The last non-empty line of a text. */
export function lastLine(text: string): Span {
  const end = text.trimEnd().length;
  return spanAt(text, end === 0 ? 0 : text.lastIndexOf('\n', end - 1) + 1, end);
}

/** The last match of a global pattern; null without one. */
export function lastMatch(pattern: RegExp, text: string): RegExpExecArray | null {
  let last: RegExpExecArray | null = null;
  for (const match of text.matchAll(pattern)) last = match;
  return last;
}
