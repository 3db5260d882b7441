/**
 * Whatever gives opinions: judges, rules, fact checks, and raters of your own.
 *
 * @example
 * import { defineJob, runJob } from 'quorate';
 * import { defineRater } from 'quorate/raters';
 *
 * const brevity = defineRater({
 *   id: 'brevity',
 *   kind: 'rule',
 *   compare: (first, second) => (first.length === second.length ? 'tie' : first.length < second.length ? 'first' : 'second'),
 * });
 * const items = [{ id: 'q1', prompt: 'Say hello.', candidates: [{ id: 'a', text: 'Hello.' }, { id: 'b', text: 'Hello there!' }] }];
 * const { report } = await runJob(await defineJob({ name: 'brevity', items, raters: [brevity] }));
 * console.log(report.preferences);
 *
 * @module quorate/raters
 */

export type { Ask, Rater, RaterTask, RecordedReply, TaskContext } from '../ports/rater.ts';
export type { Passage, Retriever } from '../ports/retriever.ts';
export {
  type ComparingRater,
  defineRater,
  defineRule,
  type PairOpinion,
  type RuleInput,
  type ScoringRater,
} from '../raters/define-rater.ts';
export { type FactRaterOptions, openFactRater } from '../raters/facts/fact-rater.ts';
export { type KnowledgeGap, KnowledgeGaps } from '../raters/facts/knowledge-gaps.ts';
export { createJudge } from '../raters/llm/create-judge.ts';
export type { JudgeOptions } from '../raters/llm/judge.ts';
export { parseVerdict } from '../raters/llm/verdict/parse-verdict.ts';
export type { ParsedVerdict, ReadOptions, UnparsedReason } from '../raters/llm/verdict/parsed-verdict.ts';
export type { FunctionRule, RuleAnswer, RuleSubject } from '../raters/rules/function-rule.ts';
export { type AnyRule, openRuleRater, type RuleRaterOptions } from '../raters/rules/rule-rater.ts';
