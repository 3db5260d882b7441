/** The span of a balanced top-level JSON object. Offsets are UTF-16 units. */
export interface ObjectSpan {
  readonly start: number;
  readonly end: number;
}

/** The top-level objects of a text. */
export interface FoundObjects {
  readonly spans: readonly ObjectSpan[];
  /** An object was never closed: the reply was truncated. */
  readonly unclosed: boolean;
}

/** An object begins with a brace and a quoted key; `{a}` in prose or LaTeX is not an object. */
const opening = /\{\s{0,200}["']/y;
const colon = /\s*:/y;

/** Finds the top-level objects of a text in one pass. Braces in strings and quotes outside objects are text. */
export function findObjects(text: string): FoundObjects {
  const spans: ObjectSpan[] = [];
  let at = text.indexOf('{');
  while (at >= 0) {
    opening.lastIndex = at;
    if (!opening.test(text)) {
      at = text.indexOf('{', at + 1);
      continue;
    }
    const end = endOfObject(text, at);
    if (end < 0) return { spans, unclosed: true };
    spans.push({ start: at, end });
    at = text.indexOf('{', end);
  }
  return { spans, unclosed: false };
}

/** The top-level keys of one object as written, including repetitions. */
export function topLevelKeys(source: string): string[] {
  const keys: string[] = [];
  scan(source, 0, (start, end, depth) => {
    colon.lastIndex = end;
    if (depth === 1 && colon.test(source)) keys.push(source.slice(start + 1, end - 1));
  });
  return keys;
}

function endOfObject(text: string, start: number): number {
  return scan(text, start, () => {});
}

/** Scans one object and reports each string in it. @returns the offset after the object, or -1 if it is unclosed */
function scan(
  text: string,
  from: number,
  onString: (start: number, end: number, depth: number) => void,
): number {
  let depth = 0;
  let stringStart = -1;
  for (let at = from; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (stringStart >= 0) {
      if (character === backslash) at += 1;
      else if (character === quote) {
        onString(stringStart, at + 1, depth);
        stringStart = -1;
      }
    } else if (character === quote) stringStart = at;
    else if (character === openBrace) depth += 1;
    else if (character === closeBrace) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

const backslash = 0x5c;
const quote = 0x22;
const openBrace = 0x7b;
const closeBrace = 0x7d;
