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
  #wordHashes: Int32Array | undefined;

  constructor(text: string) {
    this.text = text;
  }

  get lower(): string {
    this.#lower ??= this.text.toLowerCase();
    return this.#lower;
  }

  /** Words as readers count them; scripts without spaces are cut by the Unicode segmenter. */
  get words(): readonly Word[] {
    this.#words ??= unspaced.test(this.text) ? segmented(this.text) : spaced(this.text, this.lower);
    return this.#words;
  }

  /** A 32-bit hash of each word (FNV-1a), for comparing runs of words. */
  get wordHashes(): Int32Array {
    this.#wordHashes ??= hashesOf(this.words);
    return this.#wordHashes;
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

/** Runs of letters, digits and marks; one apostrophe or hyphen between two of them joins. */
function spaced(text: string, lower: string): readonly Word[] {
  // a few letters change their length with their case: then each word is lowered by itself
  const aligned = lower.length === text.length;
  const words: Word[] = [];
  for (let start = 0; start < text.length; start += 1) {
    if (!isWordUnit(text.charCodeAt(start))) continue;
    let end = start + 1;
    while (end < text.length) {
      if (isWordUnit(text.charCodeAt(end))) end += 1;
      else if (isJoiner(text.charCodeAt(end)) && isWordUnit(text.charCodeAt(end + 1))) end += 2;
      else break;
    }
    words.push({
      lower: aligned ? lower.slice(start, end) : text.slice(start, end).toLowerCase(),
      start,
      end,
    });
    start = end;
  }
  return words;
}

/** By UTF-16 unit: 0 not known yet, 1 part of words, 2 not. Letters outside the BMP end a word. */
const unitKinds = new Uint8Array(0x10000);
const wordCharacter = /[\p{L}\p{N}\p{M}]/u;

function isWordUnit(unit: number): boolean {
  // beyond the end charCodeAt gives NaN
  if (!(unit >= 0)) return false;
  if (unitKinds[unit] === 0) unitKinds[unit] = wordCharacter.test(String.fromCharCode(unit)) ? 1 : 2;
  return unitKinds[unit] === 1;
}

function isJoiner(unit: number): boolean {
  return unit === 0x27 || unit === 0x2d || unit === 0x2019;
}

function hashesOf(words: readonly Word[]): Int32Array {
  const hashes = new Int32Array(words.length);
  for (let index = 0; index < words.length; index += 1) hashes[index] = hashWord(words[index]!.lower);
  return hashes;
}

function hashWord(word: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < word.length; index += 1) {
    hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193);
  }
  return hash;
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
  for (const match of text.matchAll(/^ {0,3}(`{3,}|~{3,})[ \t]*([^\s`]*)[^`\n]*$/gm)) {
    const [line, fence = '', language = ''] = match;
    if (open === null) {
      const start = Math.min(match.index + line.length + 1, text.length);
      open = { fence, language: language.toLowerCase(), start };
    } else if (language === '' && fence.startsWith(open.fence)) {
      blocks.push(block(text, open, match.index, true));
      open = null;
    }
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
