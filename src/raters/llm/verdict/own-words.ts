/** Zero-width, bidirectional, variation and tag characters, soft hyphens, BOM. */
const invisible = /\p{Default_Ignorable_Code_Point}/gu;
/** Characters treated as plain spaces; content of a character class. */
export const spaceLikes = '\\u00a0\\u2000-\\u200a\\u202f\\u3000';
const spaceLike = new RegExp(`[${spaceLikes}]`, 'g');
const thinkingTag = /<(\/?)(?:think|thinking|thought|reasoning)>/gi;

/** The text without invisible characters, with plain spaces and line ends. */
export function visibleText(text: string): string {
  return text.replace(invisible, '').replace(spaceLike, ' ').replace(/\r\n?/g, '\n');
}

/** Shorter repetitions may be the judge's own verdict. */
const shortestRepeat = 40;
const repeated = '[repeated]';

/** The text without verbatim repetitions of the texts that the judge was shown. */
export function withoutRepeats(text: string, shown: readonly string[]): string {
  let own = text;
  for (const words of shown.map((each) => visibleText(each).trim())) {
    if (words.length >= shortestRepeat && own.includes(words)) own = own.replaceAll(words, repeated);
  }
  return own;
}

/** The reply without thinking blocks; null if it was truncated inside one. An unpaired closing tag also ends thinking. */
export function withoutThinking(text: string): string | null {
  let kept = '';
  let from = 0;
  let depth = 0;
  for (const tag of text.matchAll(thinkingTag)) {
    const closes = tag[1] === '/';
    if (!closes && depth === 0) {
      // Within prose the tag is mentioned, not opened.
      if (!startsLine(text, tag.index)) continue;
      kept += text.slice(from, tag.index);
    }
    if (closes && depth === 0 && kept === '' && from === 0) from = tag.index + tag[0].length;
    else if (closes && depth > 0) from = tag.index + tag[0].length;
    if (closes) depth = Math.max(0, depth - 1);
    else depth += 1;
  }
  return depth > 0 ? null : kept + text.slice(from);
}

function startsLine(text: string, index: number): boolean {
  let at = index - 1;
  while (at >= 0 && (text[at] === ' ' || text[at] === '\t')) at -= 1;
  return at < 0 || text[at] === '\n';
}
