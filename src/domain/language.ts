/** The languages that can be detected from a text, as ISO 639-1 codes. */
export const detectedLanguages: ReadonlySet<string> = new Set(
  'am ar az be bg bn ca cs da de el en es et eu fa fi fr gu he hi hr hu hy is it ja ka kn ko ku lo lt lv ml mr ms nl no or pa pl pt ro ru sk sl sq sr sv ta te th tl tr uk ur vi yo zh'.split(
    ' ',
  ),
);

/** Codes of deprecated or written forms, mapped to the detected language. */
const sameLanguage: Readonly<Record<string, string>> = { nb: 'no', nn: 'no', iw: 'he', fil: 'tl', id: 'ms' };

/**
 * The ISO 639-1 code under which a language tag is detected.
 * @example primaryLanguage('pt-BR') // 'pt'
 * @example primaryLanguage('nb') // 'no'
 */
export function primaryLanguage(code: string): string {
  const primary = code.toLowerCase().split(/[-_]/, 1)[0]!;
  return sameLanguage[primary] ?? primary;
}
