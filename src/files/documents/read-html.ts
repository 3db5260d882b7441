import { Parser } from 'htmlparser2';
import { InputError } from '../../domain/errors.ts';
import { chunkText } from '../chunk-text.ts';

interface HtmlPassage {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const silent = new Set(['script', 'style', 'noscript', 'template', 'svg', 'head', 'nav', 'iframe', 'object']);
const inline = new Set(
  'a abbr b bdi bdo big cite code data dfn em font i kbd mark q s samp small span strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);
/** A passage ends with a block once it has this many characters. */
const enough = 800;
/** Deeper elements are not nested, as in browsers. The parser searches and moves its list of open elements at each tag. */
const deepest = 512;
/**
 * Streams the readable text of a page as passages; offsets refer to the HTML source.
 * @param longest in UTF-16 units; the parser holds a whole comment or attribute
 * @throws InputError for a longer page
 */
export async function* readHtmlTexts(
  file: string,
  parts: AsyncIterable<string>,
  longest: number,
): AsyncGenerator<HtmlPassage> {
  const done: HtmlPassage[] = [];
  let text = '';
  let start = 0;
  let end = 0;
  let hidden = 0;
  const close = () => {
    const clean = text
      .replace(/[ \t\r\f]+/g, ' ')
      .replace(/ ?\n\s*/g, '\n')
      .trim();
    // a long block is split; its chunks share the offsets of the block
    for (const chunk of chunkText(clean)) done.push({ start, end, text: chunk.text });
    text = '';
  };
  const parser = new ShallowParser({
    onopentagname(name) {
      if (silent.has(name)) hidden += 1;
      else if (!inline.has(name) && text !== '' && !text.endsWith('\n')) text += '\n';
    },
    ontext(data) {
      if (hidden > 0 || (text === '' && data.trim() === '')) return;
      if (text === '') start = parser.startIndex;
      text += data.replace(/\s+/g, ' ');
      end = parser.endIndex + 1;
    },
    onclosetag(name) {
      if (silent.has(name)) hidden = Math.max(0, hidden - 1);
      else if (!inline.has(name)) {
        if (text.length >= enough) close();
        else if (text !== '' && !text.endsWith('\n')) text += '\n';
      }
    },
  });
  let length = 0;
  for await (const part of parts) {
    length += part.length;
    if (length > longest) {
      throw new InputError(file, null, `is a page of more than ${longest} characters`, {
        hint: 'split it, or leave it out',
      });
    }
    parser.write(part);
    yield* done.splice(0);
  }
  parser.end();
  close();
  yield* done.splice(0);
}

/** The parser with a bound on its open elements, so that its time grows with the page and not with its square. */
class ShallowParser extends Parser {
  #depth = 0;
  #hidden = 0;
  #isClosing = false;
  #isFlat: boolean | null = null;

  constructor(handler: {
    readonly onopentagname: (name: string) => void;
    readonly ontext: (data: string) => void;
    readonly onclosetag: (name: string) => void;
  }) {
    super({
      ontext: handler.ontext,
      onopentagname: (name) => {
        this.#depth += 1;
        if (silent.has(name)) this.#hidden += 1;
        handler.onopentagname(name);
      },
      onclosetag: (name) => {
        this.#depth -= 1;
        if (silent.has(name)) this.#hidden -= 1;
        handler.onclosetag(name);
      },
    });
  }

  override onopentagname(start: number, end: number): void {
    this.#isFlat = null;
    super.onopentagname(start, end);
  }

  override onclosetag(start: number, end: number): void {
    this.#isClosing = true;
    super.onclosetag(start, end);
    this.#isClosing = false;
  }

  /** Beyond the bound an element opens and closes at once, except one that hides its content. */
  protected override isVoidElement(name: string): boolean {
    if (super.isVoidElement(name)) return true;
    if (this.#isClosing || name === '') return false;
    // asked twice a tag
    this.#isFlat ??= this.#depth >= deepest && (this.#hidden > 0 || !silent.has(name));
    return this.#isFlat;
  }
}
