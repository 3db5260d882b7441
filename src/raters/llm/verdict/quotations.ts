/** A span of a text, in UTF-16 units. */
export type Span = readonly [start: number, end: number];

/** How a statement is marked off from the text around it. */
export type Marking =
  | 'none'
  /** Only markup between the statement and a fence, backticks or quotation marks: it may be the judge's own. */
  | 'tight'
  /** With other words inside the marks, or in a block quote. */
  | 'quoted';

/** Directional quotation marks; the straight ones and backticks are handled by their surroundings. */
const pairs: Readonly<Record<string, string>> = {
  '“': '”',
  '„': '“”',
  '‟': '”',
  '‘': '’',
  '«': '»',
  '‹': '›',
  '「': '」',
  '『': '』',
};
const marks = /["'`“”„‟‘’«»‹›「」『』]|\n/g;

/**
 * The marking of each span. Spans must be in order and disjoint; what they contain is not scanned, so that the
 * quotation marks inside a JSON object do not count.
 */
export function markings(text: string, spans: readonly Span[]): Marking[] {
  const quotations = [...blocks(text), ...inQuotationMarks(text, spans)].sort((a, b) => a.start - b.start);
  let open: Quotation[] = [];
  let next = 0;
  return spans.map(([start, end]) => {
    open = open.filter((each) => each.end >= end);
    for (; next < quotations.length && quotations[next]!.start <= start; next += 1) {
      if (quotations[next]!.end >= end) open.push(quotations[next]!);
    }
    if (open.length === 0) return 'none';
    return open.every((each) => each.contents && isTight(text, each, start, end)) ? 'tight' : 'quoted';
  });
}

interface Quotation {
  readonly start: number;
  readonly end: number;
  /** Where the marks of fences and quotation marks end and begin; null for a block quote. */
  readonly contents: Span | null;
}

const markupOnly = /^[\s*_~.!,;:$\\()[\]]*$/;
/** Arena-Hard's prompt shows its verdicts in quotation marks, and judges copy them. */
const declaration = /^[\s*_]*my final verdict is[^"“”\n]*$/i;
const longestMarkup = 80;

function isTight(text: string, quotation: Quotation, start: number, end: number): boolean {
  const [from, to] = quotation.contents!;
  if (start - from > longestMarkup || to - end > longestMarkup || !markupOnly.test(text.slice(end, to)))
    return false;
  const inside = text.slice(from, start);
  return markupOnly.test(inside) || (declaration.test(inside) && startsLine(text, quotation.start));
}

function startsLine(text: string, at: number): boolean {
  return /(?:^|\n)[ \t*_]*$/.test(text.slice(Math.max(0, at - 20), at));
}

/** Fences, block quotes and indented code. */
function* blocks(text: string): Generator<Quotation> {
  let fence = '';
  let fenceStart = 0;
  let fenceContents = 0;
  let blankBefore = true;
  for (const line of text.matchAll(/^.*$/gm)) {
    const mark = /^ {0,3}(```+|~~~+|>)/.exec(line[0])?.[1];
    const end = line.index + line[0].length;
    if (fence !== '') {
      if (mark?.startsWith(fence)) {
        yield { start: fenceStart, end, contents: [fenceContents, line.index] };
        fence = '';
      }
    } else if (mark === '>') yield { start: line.index, end, contents: null };
    else if (mark !== undefined) {
      fence = mark;
      fenceStart = line.index;
      fenceContents = end;
    } else if (blankBefore && /^(?: {4}|\t)\s*\S/.test(line[0])) {
      yield { start: line.index, end, contents: [line.index, end] };
      continue;
    }
    blankBefore = line[0].trim() === '';
  }
}

/** Quotations in marks. Each ends in its paragraph, or at the next straight mark that closes; else at the end of its line. */
function* inQuotationMarks(text: string, spans: readonly Span[]): Generator<Quotation> {
  let open: { readonly mark: string; readonly at: number } | null = null;
  let next = 0;
  /** A straight mark that was still open at the end of its paragraph. */
  let earlier = -1;
  const unclosed = (): Quotation[] => {
    if (open?.mark !== '"' && open?.mark !== '“') return [];
    const end = lineEnd(text, open.at);
    return [{ start: open.at, end, contents: [open.at + 1, end] }];
  };
  for (const { 0: mark, index } of text.matchAll(marks)) {
    while (next < spans.length && spans[next]![1] <= index) next += 1;
    if (next < spans.length && spans[next]![0] <= index) continue;
    if (mark === '\n') {
      if (open !== null && /\n[ \t]*\n|\n$/.test(text.slice(index, index + 8))) {
        yield* unclosed();
        if (open.mark === '"') earlier = open.at;
        open = null;
      }
      continue;
    }
    const before = text[index - 1] ?? '\n';
    const after = text[index + 1] ?? '\n';
    if (open === null) {
      if (isOpening(mark, before, after)) open = { mark, at: index };
      else if (mark === '"' && earlier >= 0 && !/\s/.test(before)) {
        yield { start: earlier, end: index + 1, contents: [earlier + 1, index] };
        earlier = -1;
      }
    } else if (isClosing(open.mark, mark, before, after)) {
      yield { start: open.at, end: index + 1, contents: [open.at + 1, index] };
      open = null;
    }
  }
  yield* unclosed();
}

function isOpening(mark: string, before: string, after: string): boolean {
  if (mark === "'") return /[\s([{:—–*_]/.test(before) && /\S/.test(after);
  if (mark === '"') return !/[\w)\]}%]/.test(before) && !/[\s.,;:!?)]/.test(after);
  // Three backticks are a fence.
  if (mark === '`') return before !== '`' && after !== '`';
  return pairs[mark] !== undefined;
}

function isClosing(opening: string, mark: string, before: string, after: string): boolean {
  if (opening === "'") return mark === "'" && /\S/.test(before) && !/[\p{L}\p{N}]/u.test(after);
  if (opening === '"' || opening === '`') return mark === opening;
  return pairs[opening]!.includes(mark) && !(mark === '’' && /\p{L}/u.test(after));
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
