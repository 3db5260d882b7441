const stopWords = new Set(
  `a an the this that these those it its i me my we our you your he she they them their is are was were be been being am do does did done have has had
  will would can could should shall may might must not no nor and or but if then than so as at by for from in into of off on onto out over to up with
  about after again all also any because before both down each even ever every few how just more most much now only other own same some such there
  very what when where which while who whom why yes please answer response reply here one get got give gave make made say said says tell told like
  der die das ein eine und oder nicht ist sind war ich du er sie es wir ihr mir mich den dem des zu im in mit auf für von le la les un une des et ou
  est sont ne pas je tu il elle nous vous que qui el los las uno una y o es son no yo que de en a don doesn didn isn wasn t s re ve ll m`.split(
    /\s+/,
  ),
);

/** Maximum number of terms of a complaint. */
const most = 60;

/** The content words of a text in order: lower case, without plural s. */
export function termsOf(text: string): string[] {
  const words =
    text
      .slice(0, 4_000)
      .toLowerCase()
      .match(/[\p{L}\p{N}]{2,}/gu) ?? [];
  const terms: string[] = [];
  for (const word of words) {
    if (stopWords.has(word)) continue;
    terms.push(word.length > 4 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word);
    if (terms.length === most) break;
  }
  return terms;
}
