import { Parser } from 'htmlparser2';
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

/** Streams the readable text of a page as passages; offsets refer to the HTML source. */
export async function* readHtmlTexts(parts: AsyncIterable<string>): AsyncGenerator<HtmlPassage> {
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
  const parser = new Parser(
    {
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
    },
    { decodeEntities: true },
  );
  for await (const part of parts) {
    parser.write(part);
    yield* done.splice(0);
  }
  parser.end();
  close();
  yield* done.splice(0);
}
