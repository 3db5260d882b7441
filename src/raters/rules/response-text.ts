import { type CodeBlock, codeBlocksOf } from './code-blocks.ts';
import { type ReadableText, readableText } from './readable-text.ts';
import { type Words, wordsOf } from './words.ts';

/** A response without hidden characters; its spans map to the original text. */
type Readable = { readonly response: ResponseText } & Pick<ReadableText, 'spanIn'>;

/** A response with cached views that several checks share. */
export class ResponseText {
  readonly text: string;
  #lower: string | undefined;
  #words: Words | undefined;
  #sentenceCount: number | undefined;
  #codeBlocks: readonly CodeBlock[] | undefined;
  #prose: string | undefined;
  #readable: Readable | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** In lower case, unit by unit, so that offsets stay true: only the Turkish İ would become longer. */
  get lower(): string {
    this.#lower ??= lowerCase(this.text);
    return this.#lower;
  }

  get words(): Words {
    this.#words ??= wordsOf(this.lower);
    return this.#words;
  }

  get sentenceCount(): number {
    this.#sentenceCount ??= countSentences(this.text);
    return this.#sentenceCount;
  }

  get codeBlocks(): readonly CodeBlock[] {
    this.#codeBlocks ??= codeBlocksOf(this.text);
    return this.#codeBlocks;
  }

  get readable(): Readable {
    if (this.#readable === undefined) {
      const { text, spanIn } = readableText(this.text);
      this.#readable = { response: text === this.text ? this : new ResponseText(text), spanIn };
    }
    return this.#readable;
  }

  /** The text with its code blanked out, blocks and code within a line, so that offsets stay true. */
  get prose(): string {
    this.#prose ??= withoutCode(this.text, this.codeBlocks);
    return this.#prose;
  }
}

function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replaceAll('İ', 'i').toLowerCase();
}

const codeInLine = /(?<!`)(`+)[^`\n]+\1(?!`)/g;

function withoutCode(text: string, blocks: readonly CodeBlock[]): string {
  if (!text.includes('`') && blocks.length === 0) return text;
  let prose = '';
  let end = 0;
  const keep = (until: number) => text.slice(end, until).replace(codeInLine, blank);
  for (const block of blocks) {
    prose += keep(block.start) + blank(block.code);
    end = block.end;
  }
  return prose + keep(text.length);
}

function blank(code: string): string {
  return code.replace(/[^\n]/g, ' ');
}

/** Where a sentence may end. A run of stops is tried once, from its first: that keeps the search linear. */
const endings =
  /(?<![.!?])[.!?]+["'”’)\]*_]*(?=\s|$)|[؟۔।॥։](?=\s|$)|[。！？]+|\n\s*\n|\n(?=\s*(?:[-*•]|\d{1,3}[.)])\s)/g;
const abbreviations =
  /(?:^|[\s(])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|vs|etc|e\.g|i\.e|cf|No|Fig|approx|Inc|Ltd|Jr|Sr)\.$/;
/** The number before a list entry is not a sentence. */
const listNumber = /^\d{1,3}[.)]$/;
const letterOrDigit = /[\p{L}\p{N}]/u;

/** The number of sentences of a text; list entries and paragraphs end a sentence. */
function countSentences(text: string): number {
  let count = 0;
  let start = 0;
  for (const match of text.matchAll(endings)) {
    const end = match.index + match[0].length;
    const tail = text.slice(Math.max(start, end - 12), end).trim();
    const isShort = end - start <= 12;
    if (end < text.length && (abbreviations.test(tail) || (isShort && listNumber.test(tail)))) continue;
    if (letterOrDigit.test(text.slice(start, end))) count += 1;
    start = end;
  }
  return letterOrDigit.test(text.slice(start)) ? count + 1 : count;
}
