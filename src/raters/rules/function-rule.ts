import type { Candidate, Item } from '../../domain/item.ts';
import type { RuleSeverity } from '../../domain/rule.ts';
import { type Check, CheckFailure, type Finding } from './finding.ts';

/**
 * What a rule function says of a response: passed or not, a reason for its failure, or both.
 * @example
 * const answer: RuleAnswer = { pass: false, reason: 'it names a competitor' };
 */
export type RuleAnswer = boolean | string | { readonly pass: boolean; readonly reason?: string };

/**
 * Where the response stands.
 * @example
 * const test = (response: string, { item }: RuleSubject) => item.category !== 'code' || response.includes('```');
 */
export interface RuleSubject {
  readonly item: Item;
  readonly candidate: Candidate;
  readonly signal: AbortSignal;
}

/**
 * A check that the caller wrote. A function that throws gives a vote with outcome `error`.
 * @example
 * const rule: FunctionRule = defineRule({ id: 'polite', test: (response) => response.includes('please') });
 */
export interface FunctionRule {
  readonly check: 'function';
  readonly id: string;
  readonly severity: RuleSeverity;
  readonly categories?: readonly string[] | undefined;
  /** Part of the rater's fingerprint; change it when the function's meaning changes and its text does not. */
  readonly version?: string;
  /** `true`: passed. `false` or a string (the reason): failed. */
  readonly test: (response: string, subject: RuleSubject) => RuleAnswer | Promise<RuleAnswer>;
}

export function compileFunction({ id, test }: FunctionRule): Check {
  return async ({ item, candidate, text, signal }) => {
    try {
      return [findingOf(id, await test(text.text, { item, candidate, signal }))];
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof CheckFailure) throw error;
      throw new CheckFailure(
        `the rule "${id}" threw: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  };
}

function findingOf(id: string, answer: RuleAnswer): Finding {
  const failed = `${id} failed`;
  const passed = `${id} passed`;
  if (typeof answer === 'boolean') return { pass: answer, reason: answer ? passed : failed };
  if (typeof answer === 'string') return { pass: false, reason: answer };
  if (typeof answer === 'object' && answer !== null && typeof answer.pass === 'boolean')
    return { pass: answer.pass, reason: answer.reason ?? (answer.pass ? passed : failed) };
  throw new CheckFailure(
    `the rule "${id}" answered ${JSON.stringify(answer) ?? 'nothing'}, not true, false or a reason`,
  );
}

/** What of a rule its fingerprint is made of: of a function, its text. */
export function fingerprintOf({ test, ...rest }: FunctionRule): Readonly<Record<string, unknown>> {
  return { ...rest, test: String(test) };
}
