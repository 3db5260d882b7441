/** A part of a text. Offsets are UTF-16 units. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Default maximum length of a chunk, in UTF-16 units. */
export const chunkCharacters = 1200;

/** Splits a text into chunks of at most `longest` UTF-16 units, at the end of a paragraph, line, sentence or word. */
export function chunkText(text: string, longest = chunkCharacters): readonly Chunk[] {
  const chunks: Chunk[] = [];
  let start = 0;
  while (start < text.length) {
    const end =
      text.length - start <= longest ? text.length : start + cutPoint(text.slice(start, start + longest));
    const lead = /^\s*/.exec(text.slice(start, end))![0].length;
    const content = text.slice(start, end).trim();
    if (content !== '')
      chunks.push({ start: start + lead, end: start + lead + content.length, text: content });
    start = end;
  }
  return chunks;
}

/** The best split point of a full window, preferably in its second half. */
function cutPoint(window: string): number {
  for (const mark of ['\n\n', '\n', '. ', ' ']) {
    const at = window.lastIndexOf(mark);
    if (at >= window.length / 2) return at + mark.length;
  }
  // never split a surrogate pair
  const last = window.charCodeAt(window.length - 1);
  return last >= 0xd800 && last < 0xdc00 ? window.length - 1 : window.length;
}
