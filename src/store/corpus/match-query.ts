const common = new Set(
  'the a an of in on at to for and or but is are was were be been has have had do does did by with from as it its this that these those he she they his her their who which what when where not no'.split(
    ' ',
  ),
);
const longestQuery = 32;

/** A question as an FTS5 expression: any of its words, each quoted, so that nothing in it is syntax. Null if it has no word to
 * search for.
 */
export function matchQuery(query: string): string | null {
  const words = [...new Set(query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])];
  const telling = words.filter((word) => !common.has(word));
  const wanted = (telling.length > 0 ? telling : words).slice(0, longestQuery);
  return wanted.length === 0 ? null : wanted.map((word) => `"${word}"`).join(' OR ');
}
