import type { z } from 'zod';
import type { Rule } from '../../domain/rule.ts';
import { answerRule } from './check-answer.ts';
import { citationsRule } from './check-citations.ts';
import { codeRule } from './check-code.ts';
import { commandRule } from './check-command.ts';
import { instructionsRule } from './check-instructions.ts';
import { jsonRule } from './check-json.ts';
import { languageRule } from './check-language.ts';
import { leakRule } from './check-leak.ts';
import { lengthRule } from './check-length.ts';
import { lexiconRule } from './check-lexicon.ts';
import { markdownRule } from './check-markdown.ts';
import { mentionsRule } from './check-mentions.ts';
import { promptLeakRule } from './check-prompt-leak.ts';
import { evasionRule, refusalRule } from './check-refusal.ts';
import { regexRule } from './check-regex.ts';
import { repetitionRule } from './check-repetition.ts';
import { truncationRule } from './check-truncation.ts';
import type { Check } from './finding.ts';
import type { RuleKind } from './rule-kind.ts';

/** Every kind of rule. A new one is a file with its options and its check, and a line here. */
// biome-ignore format: one kind a line, so that branches merge
export const ruleKinds = [
  regexRule,
  lengthRule,
  jsonRule,
  codeRule,
  languageRule,
  mentionsRule,
  citationsRule,
  markdownRule,
  refusalRule,
  evasionRule,
  leakRule,
  lexiconRule,
  answerRule,
  repetitionRule,
  truncationRule,
  promptLeakRule,
  instructionsRule,
  commandRule,
] as const;

type CheckOf<Kind> =
  Kind extends RuleKind<infer Name, infer Options>
    ? Readonly<z.output<z.ZodObject<{ check: z.ZodLiteral<Name> } & Options>>>
    : never;

/**
 * The check of a rule with its options.
 * @example
 * const check: RuleCheck = { check: 'length', unit: 'words', max: 200 };
 */
export type RuleCheck = CheckOf<(typeof ruleKinds)[number]>;

/** Compiles a rule; loads only the dependencies of its check. */
export async function compileRule(rule: Rule): Promise<Check> {
  const kind = ruleKinds.find(({ check }) => check === rule.check);
  if (kind === undefined) throw new TypeError(`there is no check "${rule.check}"`);
  // the options were validated by the schemas of this kind
  return (kind as RuleKind<string, z.ZodRawShape>).compile(rule);
}
