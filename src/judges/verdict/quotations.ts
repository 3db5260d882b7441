import type { Statement } from './statement.ts';

type Span = readonly [start: number, end: number];

/** A repeated text shorter than this may just as well be the judge's own verdict. */
const shortestRepeat = 40;

/**
 * The statements that are the judge's own words: outside code fences, block quotes, double quotation marks and what
 * it repeats of the texts that it was shown. Statements come and go in the order of the text.
 *
 * @param marksQuote false where fences and quotation marks belong to the format (JSON).
 */
export function ownStatements(
  text: string,
  statements: readonly Statement[],
  untrusted: readonly string[],
  marksQuote: boolean,
): Statement[] {
  const quoted = [...(marksQuote ? fencesAndBlockQuotes(text) : []), ...repeats(text, untrusted)];
  const spans = quoted.sort((a, b) => a[0] - b[0]);
  const own: Statement[] = [];
  const marks = new QuotationMarks(text);
  let next = 0;
  let quotedUntil = -1;
  for (const statement of statements) {
    for (; next < spans.length && spans[next]![0] <= statement.start; next += 1) {
      quotedUntil = Math.max(quotedUntil, spans[next]![1]);
    }
    const inMarks = marksQuote && marks.openAt(statement.start);
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

function* repeats(text: string, untrusted: readonly string[]): Generator<Span> {
  for (const words of untrusted.map((each) => each.trim())) {
    if (words.length < shortestRepeat) continue;
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) {
      yield [at, at + words.length];
    }
  }
}

/** Walks the text once and knows whether a double quotation mark is open on the current line. */
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
