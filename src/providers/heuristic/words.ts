const common = new Set(
  `a about after again all also am an and any are as at be because been before being both but by can could did do does
  each few for from had has have he her him his how i if in into is it its just let like may me might more most much my no
  nor not of on one only or other our out over own please same she should so some such tell than that the their them then
  there these they this those to too under up use very was we were what when where which while who whom why will with
  would write you your give make explain`.split(/\s+/),
);

/** Lower-case words and numbers of a text; `1,500` and `1500` are one number. */
export function wordsOf(text: string): string[] {
  const plain = text.toLowerCase().replace(/(\d),(?=\d{3}\b)/g, '$1');
  return plain.match(/\d+(?:\.\d+)?%?|\p{L}[\p{L}\p{M}'’-]*/gu) ?? [];
}

/** The words that carry content, cut to a crude stem so that plurals and endings meet. */
export function contentWords(text: string): Set<string> {
  return new Set(
    wordsOf(text)
      .filter((word) => !common.has(word))
      .map(stem),
  );
}

function stem(word: string): string {
  return /^\d/.test(word) || word.length < 5 ? word : word.replace(/(?:ing|edly|ed|ies|es|s|ly)$/, '');
}

/** Numbers as they stand in a text, without list marks at the start of a line. */
export function numbersOf(text: string): Set<string> {
  const plain = text.replace(/^\s*\d+[.)]\s/gm, ' ').replace(/(\d),(?=\d{3}\b)/g, '$1');
  return new Set(plain.match(/\d+(?:\.\d+)?/g) ?? []);
}

/** Share of the wanted that is there, in [0, 1]; null when nothing is wanted. */
export function shareOf(wanted: ReadonlySet<string>, there: ReadonlySet<string>): number | null {
  if (wanted.size === 0) return null;
  let found = 0;
  for (const word of wanted) if (there.has(word)) found += 1;
  return found / wanted.size;
}
