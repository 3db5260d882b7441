export interface Word {
  readonly lower: string;
  readonly start: number;
  readonly end: number;
}

export interface CodeBlock {
  /** As written behind the fence, lower case; empty when nothing is. */
  readonly language: string;
  readonly code: string;
  /** Offsets of the code without its fences. */
  readonly start: number;
  readonly end: number;
  readonly closed: boolean;
}

const wordPattern = /[\p{L}\p{N}\p{M}]+(?:['’-][\p{L}\p{N}\p{M}]+)*/gu;
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/u;
const abbreviations =
  /(?:^|[\s(])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|vs|etc|e\.g|i\.e|cf|No|Fig|approx|Inc|Ltd|Jr|Sr)\.$/;

/** A response with the views that several checks need, each made once. */
export class ResponseText {
  readonly text: string;
  #lower: string | undefined;
  #words: readonly Word[] | undefined;
  #sentences: readonly string[] | undefined;
  #codeBlocks: readonly CodeBlock[] | undefined;

  constructor(text: string) {
    this.text = text;
  }

  get lower(): string {
    this.#lower ??= this.text.toLowerCase();
    return this.#lower;
  }

  /** Words as readers count them; scripts without spaces are cut by the Unicode segmenter. */
  get words(): readonly Word[] {
    this.#words ??= unspaced.test(this.text) ? segmented(this.text) : spaced(this.text);
    return this.#words;
  }

  get sentences(): readonly string[] {
    this.#sentences ??= sentencesOf(this.text);
    return this.#sentences;
  }

  get codeBlocks(): readonly CodeBlock[] {
    this.#codeBlocks ??= codeBlocksOf(this.text);
    return this.#codeBlocks;
  }
}

function spaced(text: string): readonly Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(wordPattern)) {
    words.push({ lower: match[0].toLowerCase(), start: match.index, end: match.index + match[0].length });
  }
  return words;
}

let segmenter: Intl.Segmenter | undefined;

function segmented(text: string): readonly Word[] {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' });
  const words: Word[] = [];
  for (const { segment, index, isWordLike } of segmenter.segment(text)) {
    if (isWordLike === true)
      words.push({ lower: segment.toLowerCase(), start: index, end: index + segment.length });
  }
  return words;
}

function sentencesOf(text: string): readonly string[] {
  const sentences: string[] = [];
  let start = 0;
  for (const match of text.matchAll(
    /[.!?]+["'”’)\]]*(?=\s|$)|[。！？]+|\n\s*\n|\n(?=\s*(?:[-*•]|\d+[.)])\s)/g,
  )) {
    const end = match.index + match[0].length;
    const sentence = text.slice(start, end).trim();
    if (abbreviations.test(sentence.slice(-12)) && end < text.length) continue;
    if (/[\p{L}\p{N}]/u.test(sentence)) sentences.push(sentence);
    start = end;
  }
  const rest = text.slice(start).trim();
  if (/[\p{L}\p{N}]/u.test(rest)) sentences.push(rest);
  return sentences;
}

/** Fenced code (CommonMark): a closing fence is at least as long as the opening one and of the same kind. */
function codeBlocksOf(text: string): readonly CodeBlock[] {
  if (!text.includes('```') && !text.includes('~~~')) return [];
  const blocks: CodeBlock[] = [];
  let open: { fence: string; language: string; start: number } | null = null;
  let lineStart = 0;
  while (lineStart <= text.length) {
    const newline = text.indexOf('\n', lineStart);
    const lineEnd = newline === -1 ? text.length : newline;
    const fence = /^ {0,3}(`{3,}|~{3,})[ \t]*([^\s`]*)[^`\n]*$/.exec(text.slice(lineStart, lineEnd));
    if (fence !== null) {
      if (open === null) {
        open = {
          fence: fence[1]!,
          language: fence[2]!.toLowerCase(),
          start: Math.min(lineEnd + 1, text.length),
        };
      } else if (fence[2] === '' && fence[1]!.startsWith(open.fence)) {
        blocks.push(block(text, open, lineStart, true));
        open = null;
      }
    }
    lineStart = lineEnd + 1;
  }
  if (open !== null) blocks.push(block(text, open, text.length, false));
  return blocks;
}

function block(
  text: string,
  open: { readonly language: string; readonly start: number },
  end: number,
  closed: boolean,
): CodeBlock {
  return { language: open.language, code: text.slice(open.start, end), start: open.start, end, closed };
}
