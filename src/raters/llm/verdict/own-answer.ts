import { announcesQuotation } from './statement-use.ts';
import { instructionHeading, thinkingMark, turnMark } from './thinking-marks.ts';

const anyMark = new RegExp(`${thinkingMark}|(${turnMark})|(${instructionHeading})`, 'gimu');
/** Groups of `thinkingMark`; the groups after them are a turn mark and a heading. */
const turnGroup = 10;
const headingGroup = 11;

/** Marks before an answer that belong to the template: `<|start_header_id|>assistant<|end_header_id|>`. */
const leading = new RegExp(
  String.raw`^\s*(?:(?!${thinkingMark})(?:${turnMark}|<s>)\s*(?:(?:assistant|model|bot)\b(?=\s*<|\s*\n))?\s*)+`,
  'iu',
);
const harmonyFinal = /<\|channel\|>\s*final\b[^<]{0,40}(?:<\|constrain\|>[^<]{0,20})?<\|message\|>/;
const harmonyAny = /<\|channel\|>/;
const harmonyEnd = /<\|(?:end|return|start|channel|call)\|>/;
/** Channels whose marks were removed by the server: `analysisWe compare …assistantfinal{"verdict":"A"}`. */
const bareAnalysis = /^\s*analysis(?=[A-Z"'“*])/;
const bareFinal = /assistant ?final(?=\s|[^a-z])/;
const announcedThinking = /^\s*\**here(?:['’]s| is) my thought process\b/i;
const announcedAnswer = /here(?:['’]s| is) my (?:final )?(?:response|answer)\b\W{0,4}/i;

/**
 * The answer of a reply: without its thinking, and without what a model that ran on wrote after its turn.
 *
 * - A thinking part is left out. An opening mark without its closing mark means that there is no answer yet, wherever it
 *   stands. A closing mark without an opening one ends the thinking that a template began.
 * - The answer ends at the first mark of a chat template or heading of another instruction.
 * - A mark in quotation marks or backticks is mentioned, not used. So is one that also occurs in `shown`, the texts that
 *   the judge was shown, if it would discard words of the judge before it: those may be followed by a quotation.
 *
 * @param text with plain line ends
 * @returns null if the reply was truncated while thinking
 */
export function ownAnswer(text: string, shown: readonly string[] = []): string | null {
  const answer = finalPart(text, shown);
  return answer === null ? null : withoutTurns(answer, shown);
}

/** The part of a reply in channels or after an announcement of thoughts; otherwise the whole reply. */
function finalPart(text: string, shown: readonly string[]): string | null {
  const inChannels = /^\s*<\|(?:start|channel)\|>/.test(text) || !shown.some((each) => harmonyAny.test(each));
  if (inChannels && harmonyAny.test(text)) {
    const final = harmonyFinal.exec(text);
    if (final === null) return null;
    const rest = text.slice(final.index + final[0].length);
    const end = harmonyEnd.exec(rest);
    return end === null ? rest : rest.slice(0, end.index);
  }
  const [start, answer] = bareAnalysis.test(text)
    ? [true, bareFinal]
    : [announcedThinking.test(text), announcedAnswer];
  if (!start) return text;
  const found = answer.exec(text);
  return found === null ? null : text.slice(found.index + found[0].length);
}

function withoutTurns(whole: string, shown: readonly string[]): string | null {
  const text = whole.replace(leading, '');
  const isShown = new Mentions(shown);
  const fences = new Fences(text);
  let kept = '';
  /** Words of an answer stand before a thinking part: what closes later without having been opened is no thinking. */
  let hasAnswer = false;
  /** Up to here the answer is known to be blank. */
  let blankTo = 0;
  let from = 0;
  /** The kind of thinking that is open. */
  let thinking: string | null = null;
  for (const match of text.matchAll(anyMark)) {
    if (match.index < from || isMentioned(text, match.index, match[0].length)) continue;
    // "[Thinking]" is a heading, "[THINK]" is a mark.
    if (match[4] !== undefined && match[4] !== match[4].toUpperCase()) continue;
    const mark = readMark(match);
    if (thinking !== null) {
      if (mark.use !== 'close' || mark.kind !== thinking) continue;
      thinking = null;
      from = match.index + match[0].length;
    } else if (mark.use === 'open') {
      kept += text.slice(from, match.index);
      hasAnswer ||= /\S/.test(text.slice(from, match.index));
      thinking = mark.kind;
      from = match.index;
    } else if (mark.use === 'close') {
      if (hasAnswer || isShown.has(match[0]) || isAnnounced(text, match.index) || fences.openAt(match.index))
        continue;
      kept = '';
      from = match.index + match[0].length;
    } else {
      blankTo = Math.max(blankTo, from);
      const isBlank = !/\S/.test(kept) && !/\S/.test(text.slice(blankTo, match.index));
      if (isBlank) blankTo = match.index;
      // Where nothing of the answer stands before it, it is a leftover of the template.
      if (isBlank && mark.use === 'turn') from = match.index + match[0].length;
      if (isBlank || isShown.has(match[0]) || closesElement(text, match)) continue;
      return kept + text.slice(from, match.index);
    }
  }
  return thinking === null ? kept + text.slice(from) : null;
}

interface Mark {
  readonly use: 'open' | 'close' | 'turn' | 'heading';
  readonly kind: string;
}

function readMark(match: RegExpExecArray): Mark {
  if (match[turnGroup] !== undefined) return { use: 'turn', kind: '' };
  if (match[headingGroup] !== undefined) return { use: 'heading', kind: '' };
  const [, slash, tag, bracketSlash, bracket, triangle, pipeEnd, pipe, pipeLateEnd, unused] = match;
  const closes = [slash, bracketSlash, triangle, pipeEnd, pipeLateEnd].some(Boolean) || unused === '95';
  const kind = tag ?? (bracket && `[${bracket}`) ?? (pipe && `|${pipe}`) ?? (unused && 'unused') ?? '◁';
  return { use: closes ? 'close' : 'open', kind: kind.toLowerCase() };
}

const openingQuotes = '`"“‘«';
const closingQuotes = '`"”’»';

function isMentioned(text: string, at: number, length: number): boolean {
  const mark = openingQuotes.indexOf(text[at - 1] ?? '\n');
  return mark >= 0 && text[at + length] === closingQuotes[mark];
}

/** In the line after the announcement of a quotation. */
function isAnnounced(text: string, at: number): boolean {
  const near = text.slice(Math.max(0, at - 240), at);
  announcesQuotation.lastIndex = 0;
  return announcesQuotation.test(near.slice(near.lastIndexOf('\n') + 1));
}

/** Whether code fences are open, for offsets in ascending order. */
class Fences {
  readonly #starts: readonly number[];
  #passed = 0;

  constructor(text: string) {
    this.#starts = [...text.matchAll(/^ {0,3}(?:```|~~~)/gm)].map(({ index }) => index);
  }

  openAt(at: number): boolean {
    while (this.#passed < this.#starts.length && this.#starts[this.#passed]! < at) this.#passed += 1;
    return this.#passed % 2 === 1;
  }
}

/** Whether marks occur in the texts that the judge was shown. */
class Mentions {
  readonly #texts: readonly string[];
  readonly #known = new Map<string, boolean>();

  constructor(shown: readonly string[]) {
    this.#texts = shown.map((each) => each.toLowerCase());
  }

  has(mark: string): boolean {
    const words = mark.trim().toLowerCase();
    const known = this.#known.get(words) ?? this.#texts.some((each) => each.includes(words));
    this.#known.set(words, known);
    return known;
  }
}

/** `</s>` after `<s>` is struck-out text. */
function closesElement(text: string, match: RegExpExecArray): boolean {
  return match[0].toLowerCase() === '</s>' && text.lastIndexOf('<s>', match.index) >= 0;
}
