import type { Statement } from './statement.ts';

type Span = readonly [start: number, end: number];

/**
 * The statements that are the judge's own words: outside code fences, block quotes and double quotation marks.
 * The order of the statements is kept.
 *
 * @param closing the statement that ends the reply: no quotation mark follows it, so it is not quoted
 */
export function ownStatements(
  text: string,
  statements: readonly Statement[],
  closing: Statement | null,
): Statement[] {
  const spans = [...fencesAndBlockQuotes(text)];
  const own: Statement[] = [];
  const marks = new QuotationMarks(text);
  let next = 0;
  let quotedUntil = -1;
  for (const statement of statements) {
    for (; next < spans.length && spans[next]![0] <= statement.start; next += 1) {
      quotedUntil = Math.max(quotedUntil, spans[next]![1]);
    }
    const inMarks = marks.openAt(statement.start) && statement !== closing;
    if (statement.end > quotedUntil && !inMarks) own.push(statement);
  }
  return own;
}

function* fencesAndBlockQuotes(text: string): Generator<Span> {
  let fence = '';
  let fenceStart = 0;
  for (const line of text.matchAll(/^ {0,3}(```+|~~~+|>).*$/gm)) {
    const mark = line[1]!;
    const end = line.index + line[0].length;
    if (mark === '>') yield [line.index, end];
    else if (fence === '') {
      fence = mark;
      fenceStart = line.index;
    } else if (mark.startsWith(fence)) {
      yield [fenceStart, end];
      fence = '';
    }
  }
}

/** Scans the text once and tracks whether a double quotation mark is open on the current line. */
class QuotationMarks {
  readonly #text: string;
  #at = 0;
  #open = false;

  constructor(text: string) {
    this.#text = text;
  }

  openAt(offset: number): boolean {
    for (; this.#at < offset; this.#at += 1) {
      const character = this.#text[this.#at];
      if (character === '\n' || character === '”') this.#open = false;
      else if (character === '“') this.#open = true;
      else if (character === '"') this.#open = !this.#open;
    }
    return this.#open;
  }
}
