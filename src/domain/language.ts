/** The languages that can be told from a text alone, as ISO 639-1 codes. */
export const detectedLanguages: ReadonlySet<string> = new Set(
  'am ar az be bg bn ca cs da de el en es et eu fa fi fr gu he hi hr hu hy is it ja ka kn ko ku lo lt lv ml mr ms nl no or pa pl pt ro ru sk sl sq sr sv ta te th tl tr uk ur vi yo zh'.split(
    ' ',
  ),
);

/** Codes of old or of written forms, and the one that a text is told to be in. */
const sameLanguage: Readonly<Record<string, string>> = { nb: 'no', nn: 'no', iw: 'he', fil: 'tl', id: 'ms' };

/** `pt-BR` is Portuguese, `nb` Norwegian. */
export function primaryLanguage(code: string): string {
  const primary = code.toLowerCase().split(/[-_]/, 1)[0]!;
  return sameLanguage[primary] ?? primary;
}
