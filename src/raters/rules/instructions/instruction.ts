import type { Item } from '../../../domain/item.ts';
import type { ResponseText } from '../response-text.ts';

/** The options of one instruction, as IFEval's `kwargs` has them; what is not asked is null or absent. */
export type InstructionOptions = Readonly<Record<string, unknown>>;

/** The input of an instruction check. */
export interface InstructionSubject {
  readonly text: ResponseText;
  readonly item: Item;
}

/**
 * One kind of verifiable instruction: null when the response follows it, else what is wrong.
 * The readings are those of IFEval (Zhou et al. 2023, arXiv:2311.07911).
 */
export type Instruction = (subject: InstructionSubject, options: InstructionOptions) => string | null;

/** The metadata of an instruction is invalid, which is not a failure of the response. */
export class UnreadableInstruction extends Error {
  override readonly name = 'UnreadableInstruction';
}

/** How many of something; never below 0. */
export function countOption(options: InstructionOptions, name: string): number {
  const value = options[name];
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
    throw new UnreadableInstruction(`"${name}" must be a number from 0`);
  return value;
}

/** A text option. @throws UnreadableInstruction */
export function textOption(options: InstructionOptions, name: string): string {
  const value = options[name];
  if (typeof value !== 'string' || value.trim() === '')
    throw new UnreadableInstruction(`"${name}" must be a text`);
  return value.trim();
}

/** An option that is a list of texts. @throws UnreadableInstruction */
export function listOption(options: InstructionOptions, name: string): readonly string[] {
  const value = options[name];
  if (!Array.isArray(value) || value.length === 0 || !value.every((entry) => typeof entry === 'string')) {
    throw new UnreadableInstruction(`"${name}" must be a list of texts`);
  }
  return value as readonly string[];
}

/** Compares as `relation` says; IFEval's only relations are "less than" and "at least". */
export function compare(
  count: number,
  options: InstructionOptions,
  limit: string,
  relation: string,
  what: string,
): string | null {
  const bound = countOption(options, limit);
  const asked = options[relation];
  if (asked !== 'less than' && asked !== 'at least')
    throw new UnreadableInstruction(`"${relation}" must be "less than" or "at least"`);
  if (asked === 'less than' ? count < bound : count >= bound) return null;
  return `${count} ${what}, asked for ${asked} ${bound}`;
}
