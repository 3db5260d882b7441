import { detectedLanguages, primaryLanguage } from '../../../domain/language.ts';
import { type Instruction, textOption, UnreadableInstruction } from './instruction.ts';

/** Instructions on the language of a response; an undetectable language counts as followed, as in IFEval. */
export function languageInstructions(
  detect: (text: string) => string | null,
): Readonly<Record<string, Instruction>> {
  const otherThan = (wanted: string, text: string) => {
    const language = detect(text);
    return language === null || language === wanted ? null : `written in ${language}, asked for ${wanted}`;
  };
  return {
    'language:response_language': ({ text }, options) => {
      const wanted = primaryLanguage(textOption(options, 'language'));
      if (!detectedLanguages.has(wanted))
        throw new UnreadableInstruction(`the language "${wanted}" cannot be told`);
      return otherThan(wanted, text.text);
    },
    'change_case:english_capital': ({ text }) =>
      /\p{Lu}/u.test(text.text) && text.text === text.text.toUpperCase()
        ? otherThan('en', text.lower)
        : 'not all in capitals',
    'change_case:english_lowercase': ({ text }) =>
      /\p{Ll}/u.test(text.text) && text.text === text.lower
        ? otherThan('en', text.text)
        : 'not all in lower case',
  };
}
