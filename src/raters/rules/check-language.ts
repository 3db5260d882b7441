import { z } from 'zod';
import type { Item } from '../../domain/item.ts';
import { detectedLanguages, primaryLanguage } from '../../domain/language.ts';
import { asMessages } from '../../domain/message.ts';
import { openLanguageDetector } from '../../text/open-language-detector.ts';
import { type Check, fail, pass, spanAt } from './finding.ts';
import { ruleKind, text } from './rule-kind.ts';
import { hashWord, type Words } from './words.ts';

const language = text.refine(
  (code) => code === 'prompt' || detectedLanguages.has(primaryLanguage(code)),
  `is not a detectable language; expected "prompt" or one of ${[...detectedLanguages].join(', ')}`,
);

/** The rule `language`. */
export const languageRule = ruleKind({
  check: 'language',
  options: {
    is: z
      .union([language, z.array(language).min(1)])
      .describe('ISO 639-1 codes, for example de, or "prompt" for the language of the prompt'),
  },
  compile: compileLanguage,
});

/** The language of the response. The rule does not apply if the language cannot be detected. */
async function compileLanguage(rule: { readonly is: string | readonly string[] }): Promise<Check> {
  const detect = await openLanguageDetector();
  const fixed = (typeof rule.is === 'string' ? [rule.is] : rule.is).map(primaryLanguage);
  const ofPrompts = new WeakMap<Item, readonly string[]>();
  const wantedFor = (item: Item) => {
    if (fixed[0] !== 'prompt') return fixed;
    let wanted = ofPrompts.get(item);
    if (wanted === undefined) {
      const last = asMessages(item.prompt ?? '').findLast(({ role }) => role === 'user');
      const language = detect(last?.content ?? '');
      wanted = language === null ? [] : [language];
      ofPrompts.set(item, wanted);
    }
    return wanted;
  };
  return ({ item, text: { text, words } }) => {
    const wanted = wantedFor(item);
    if (wanted.length === 0) return [];
    const language = isPlainlyEnglish(words) ? 'en' : detect(text);
    if (language === null) return [];
    if (wanted.includes(language)) return pass(`written in ${language}`);
    return fail(
      `written in ${language}, not in ${wanted.join(' or ')}`,
      spanAt(text, 0, Math.min(text.length, 80)),
    );
  };
}

/** English by its commonest words alone: they make a third of any English text, and of no other. */
function isPlainlyEnglish({ count: length, hashes }: Words): boolean {
  const seen = Math.min(length, 80);
  const found = new Set<number>();
  let count = 0;
  for (let index = 0; index < seen; index += 1) {
    const hash = hashes[index]!;
    if (!commonEnglish.has(hash)) continue;
    count += 1;
    found.add(hash);
  }
  return seen >= 20 && found.size >= 5 && count >= 0.22 * seen;
}

const commonEnglish = new Set(
  'the of and to is that it was for with as be by this are from or have which they at you his her were'
    .split(' ')
    .map(hashWord),
);
