import { detectedLanguages, primaryLanguage } from '../../domain/language.ts';
import { openLanguageDetector } from '../../text/open-language-detector.ts';
import type { Check, Finding } from './finding.ts';
import { formatInstructions } from './instructions/format-instructions.ts';
import {
  type Instruction,
  type InstructionOptions,
  textOption,
  UnreadableInstruction,
} from './instructions/instruction.ts';
import { keywordInstructions } from './instructions/keyword-instructions.ts';
import { lengthInstructions } from './instructions/length-instructions.ts';
import { ruleKind } from './rule-kind.ts';

/** The rule `instructions`. */
export const instructionsRule = ruleKind({
  check: 'instructions',
  options: {},
  compile: compileInstructions,
});

/**
 * The verifiable instructions that the item itself carries, in the form of IFEval: `instruction_id_list` and
 * `kwargs` in its metadata. One finding for each instruction; an unknown or broken one is no fault of the response.
 */
async function compileInstructions(): Promise<Check> {
  const instructions: Readonly<Record<string, Instruction>> = {
    ...keywordInstructions,
    ...lengthInstructions,
    ...formatInstructions,
    ...languageInstructions(await openLanguageDetector()),
  };
  return ({ item, text }) => {
    const ids = item.metadata?.instruction_id_list;
    if (!Array.isArray(ids)) return [];
    const kwargs = Array.isArray(item.metadata?.kwargs) ? (item.metadata.kwargs as readonly unknown[]) : [];
    const findings: Finding[] = [];
    for (const [index, id] of ids.entries()) {
      const follow = instructions[String(id)];
      if (follow === undefined) continue;
      try {
        const problem = follow({ text, item }, (kwargs[index] ?? {}) as InstructionOptions);
        // what says nothing follows nothing, as in IFEval
        const fault = text.text.trim() === '' ? 'the response is empty' : problem;
        findings.push({ part: String(id), pass: fault === null, reason: fault ?? 'followed' });
      } catch (error) {
        if (!(error instanceof UnreadableInstruction)) throw error;
      }
    }
    return findings;
  };
}

/** Instructions on the language of a response; an undetectable language counts as followed, as in IFEval. */
function languageInstructions(
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
        throw new UnreadableInstruction(`the language "${wanted}" cannot be detected`);
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
