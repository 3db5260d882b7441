import { openLanguageDetector } from '../../text/open-language-detector.ts';
import type { Check, Finding } from './finding.ts';
import { formatInstructions } from './instructions/format-instructions.ts';
import {
  type Instruction,
  type InstructionOptions,
  UnreadableInstruction,
} from './instructions/instruction.ts';
import { keywordInstructions } from './instructions/keyword-instructions.ts';
import { languageInstructions } from './instructions/language-instructions.ts';
import { lengthInstructions } from './instructions/length-instructions.ts';

/**
 * The verifiable instructions that the item itself carries, in the form of IFEval: `instruction_id_list` and
 * `kwargs` in its metadata. One finding for each instruction; an unknown or broken one is no fault of the response.
 */
export async function compileInstructions(): Promise<Check> {
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
