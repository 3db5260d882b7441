/** Zero-width, bidirectional, variation and tag characters, soft hyphens, BOM. */
const invisible = /\p{Default_Ignorable_Code_Point}/gu;
/** Characters treated as plain spaces; content of a character class. */
export const spaceLikes = '\\u00a0\\u2000-\\u200a\\u202f\\u3000';
const spaceLike = new RegExp(`[${spaceLikes}]`, 'g');

/** The text without invisible characters, with plain spaces and line ends. */
export function visibleText(text: string): string {
  return text.replace(invisible, '').replace(spaceLike, ' ').replace(/\r\n?/g, '\n');
}

/** Shorter repetitions may be the judge's own words, unless they state a verdict. */
const shortestRepeat = 40;
const repeated = '[repeated]';

/**
 * The text without verbatim repetitions of the texts that the judge was shown.
 * @param shown visible texts, trimmed
 * @param states whether a text states a verdict in the format that is read
 */
export function withoutRepeats(
  text: string,
  shown: readonly string[],
  states: (text: string) => boolean,
): string {
  let own = text;
  for (const words of shown) {
    if (words === '' || !own.includes(words)) continue;
    const repeats = words.length >= shortestRepeat || (words !== own.trim() && states(words));
    if (repeats) own = own.replaceAll(words, repeated);
  }
  return own;
}
