import { z } from 'zod';
import type { Check } from './finding.ts';

/** A kind of rule: its name in files, its options, and how a rule becomes a check. */
export interface RuleKind<Name extends string, Options extends z.ZodRawShape> {
  readonly check: Name;
  /** Options of the rule in a file, each with a description for editors. */
  readonly options: Options;
  /** Loads what the check needs. Called once for each rule. */
  compile(rule: z.output<z.ZodObject<Options>>): Check | Promise<Check>;
  /** Why a rule with valid options makes no sense; undefined where it does. */
  problem?(rule: z.output<z.ZodObject<Options>>): string | undefined;
}

/** Declares a kind of rule; the types of its options follow from their schemas. */
export function ruleKind<const Name extends string, Options extends z.ZodRawShape>(
  kind: RuleKind<Name, Options>,
): RuleKind<Name, Options> {
  return kind;
}

/** A non-empty text. */
export const text = z.string().min(1);
/** A list of words or phrases. */
export const phrases = z.array(text).default([]);
/** A fraction in [0, 1]. */
export const share = z.number().min(0).max(1);
/** Whether something must be in the response or must not. */
export const presence = z.enum(['present', 'absent']);
/** Inclusive limits of a count. */
export const bounds = {
  min: z.int().min(0).optional().describe('Minimum, inclusive'),
  max: z.int().min(0).optional().describe('Maximum, inclusive'),
};

/** Inclusive limits of a count. */
export interface Bounds {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}
