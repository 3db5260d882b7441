import { checkArgument } from '../../domain/check-argument.ts';
import { ConfigError } from '../../domain/errors.ts';
import type { Candidate, Item } from '../../domain/item.ts';
import type { Rule, RuleSeverity } from '../../domain/rule.ts';
import type { PointwiseVote } from '../../domain/vote.ts';
import { hashValue } from '../../files/content-hash.ts';
import type { Rater, RaterTask } from '../../ports/rater.ts';
import { type Check, CheckFailure, type Finding } from './finding.ts';
import { compileFunction, type FunctionRule, fingerprintOf } from './function-rule.ts';
import { ResponseText } from './response-text.ts';
import { compileRule } from './rule-kinds.ts';

/**
 * Options of `openRuleRater`.
 * @example
 * const options: RuleRaterOptions = { id: 'house-rules', allowCommands: false };
 */
export interface RuleRaterOptions {
  readonly id?: string;
  /** Allows `command` rules, which run a user-defined program; default: false. */
  readonly allowCommands?: boolean;
}

/**
 * A rule of a file, or a function of the caller.
 * @example
 * const rules: AnyRule[] = [{ check: 'length', id: 'short', severity: 'penalty', max: 100 }];
 */
export type AnyRule = Rule | FunctionRule;

interface ReadyRule {
  readonly rule: AnyRule;
  readonly check: Check;
  /** Of a vote without a span. */
  readonly provenance: { readonly basis: string; readonly severity: RuleSeverity };
}

/**
 * Rules as a rater: one task for all candidates of an item, without calls. Each rule gives one pointwise vote per
 * candidate (criterion: the rule's id, score 1 passed or 0 failed); a failed `veto` rule sets `veto`. An `info` rule
 * votes only if it fails, as an abstention with its reason. A rule that does not apply gives no vote.
 * @throws ConfigError for a `command` rule that is not allowed
 * @example
 * const rater = await openRuleRater([defineRule({ id: 'no-emoji', test: (response) => !/\p{Emoji_Presentation}/u.test(response) })]);
 * rater.tasks({ id: 'q', prompt: 'Greet.', candidates: [{ id: 'a', text: 'Hello.' }] });
 */
export async function openRuleRater(
  rules: readonly AnyRule[],
  options: RuleRaterOptions = {},
): Promise<Rater> {
  checkArgument('rules', rules, 'list');
  for (const [index, rule] of rules.entries())
    checkArgument(`rules[${index}]`, rule, { check: 'name', id: 'name', severity: 'name' });
  checkArgument('options', options, { id: 'name?', allowCommands: 'boolean?' });
  const id = options.id ?? 'rules';
  const command = rules.find(({ check }) => check === 'command');
  if (command !== undefined && options.allowCommands !== true) {
    throw new ConfigError(`the rule "${command.id}" runs a program, which is not allowed`, [], {
      hint: 'read the job file, then say --allow-commands',
    });
  }
  const ready: ReadyRule[] = await Promise.all(
    rules.map(async (rule) => ({
      rule,
      check: isFunction(rule) ? compileFunction(rule) : await compileRule(rule),
      provenance: { basis: rule.id, severity: rule.severity },
    })),
  );
  return {
    id,
    kind: 'rule',
    model: null,
    family: null,
    fingerprint: hashValue({
      rater: 'rule',
      version: 2,
      rules: rules.map((rule) => (isFunction(rule) ? fingerprintOf(rule) : rule)),
    }),
    tasks(item) {
      const candidates = item.candidates.filter(({ text }) => text !== null).map((candidate) => candidate.id);
      const task: RaterTask = {
        id: 'rules',
        candidates,
        sample: 0,
        calls: 0,
        inputTokens: 0,
        outputTokens: 0,
      };
      return candidates.length > 0 && ready.some(({ rule }) => applies(rule, item)) ? [task] : [];
    },
    async perform(task, item, { signal }) {
      const votes: PointwiseVote[] = [];
      for (const candidate of item.candidates) {
        if (candidate.text === null || !task.candidates.includes(candidate.id)) continue;
        const text = new ResponseText(candidate.text);
        for (const one of ready) {
          const { rule, check } = one;
          if (!applies(rule, item)) continue;
          const subject = { item, candidate, text, signal };
          try {
            const result = check(subject);
            const findings = result instanceof Promise ? await result : result;
            for (const finding of findings) {
              if (rule.severity === 'info' && finding.pass) continue;
              votes.push(asVote(id, item, candidate, one, finding));
            }
          } catch (error) {
            // what is nested too deeply for a parser is no fault of ours, and no verdict on the response
            if (!(error instanceof CheckFailure || error instanceof RangeError)) throw error;
            signal.throwIfAborted();
            votes.push(failureVote(id, item, candidate, rule, error.message));
          }
        }
      }
      return votes;
    },
  };
}

function applies(rule: AnyRule, item: Item): boolean {
  return rule.categories === undefined || (item.category != null && rule.categories.includes(item.category));
}

const scale: readonly [number, number] = [0, 1];

/** One literal, no copies: most of the time of a quick check is its vote. */
function asVote(
  rater: string,
  item: Item,
  candidate: Candidate,
  { rule, provenance }: ReadyRule,
  finding: Finding,
): PointwiseVote {
  const { span } = finding;
  const vote = {
    item: item.id,
    rater,
    rater_kind: 'rule',
    kind: 'pointwise',
    candidate: candidate.id,
    criterion: finding.part === undefined ? rule.id : `${rule.id}/${finding.part}`,
    reason: span === undefined ? finding.reason : `${finding.reason}: "${span.text}"`,
    provenance: span === undefined ? provenance : { basis: rule.id, severity: rule.severity, span },
    outcome: 'verdict',
    score: finding.pass ? 1 : 0,
    scale,
  } as const;
  if (finding.pass || rule.severity === 'penalty') return vote;
  if (rule.severity === 'veto') return { ...vote, veto: true };
  const { score: _score, scale: _scale, ...said } = vote;
  return { ...said, outcome: 'abstain' };
}

function failureVote(
  rater: string,
  item: Item,
  candidate: Candidate,
  rule: AnyRule,
  reason: string,
): PointwiseVote {
  return {
    item: item.id,
    rater,
    rater_kind: 'rule',
    kind: 'pointwise',
    candidate: candidate.id,
    criterion: rule.id,
    outcome: 'error',
    reason,
  };
}

function isFunction(rule: AnyRule): rule is FunctionRule {
  return rule.check === 'function';
}
