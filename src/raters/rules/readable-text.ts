/** A text as its reader sees it, with a mapping to offsets in the original text. */
export interface ReadableText {
  readonly text: string;
  /** The original span of a readable span. */
  readonly spanIn: (start: number, end: number) => { readonly start: number; readonly end: number };
}

const beyondAscii = /[\u0080-\uffff]/;
/** What cannot be seen, wide forms of ASCII, and letters with marks of their own. */
const unreadable = /\p{Default_Ignorable_Code_Point}|[\uff01-\uff5e\u3000]|\p{L}\p{M}{1,4}/gu;

/**
 * Removes invisible characters, which split words for a pattern but not for a reader, converts wide forms (`４２`) to
 * ASCII, and composes letters with combining marks.
 */
export function readableText(text: string): ReadableText {
  if (!beyondAscii.test(text) || text.search(unreadable) === -1)
    return { text, spanIn: (start, end) => ({ start, end }) };
  const starts: number[] = [];
  const ends: number[] = [];
  let readable = '';
  const add = (piece: string, start: number, end: number) => {
    for (let unit = 0; unit < piece.length; unit += 1) {
      starts.push(Math.min(start + unit, end - 1));
      ends.push(unit === piece.length - 1 ? end : Math.min(start + unit + 1, end));
    }
    readable += piece;
  };
  let done = 0;
  for (const { 0: written, index } of text.matchAll(unreadable)) {
    add(text.slice(done, index), done, index);
    done = index + written.length;
    add(plain(written), index, done);
  }
  add(text.slice(done), done, text.length);
  return {
    text: readable,
    spanIn: (start, end) => ({ start: starts[start] ?? text.length, end: ends[end - 1] ?? 0 }),
  };
}

function plain(written: string): string {
  const unit = written.charCodeAt(0);
  if (unit === 0x3000) return ' ';
  if (unit >= 0xff01 && unit <= 0xff5e) return String.fromCharCode(unit - 0xfee0);
  return /^\p{L}/u.test(written) ? written.normalize('NFC') : '';
}
