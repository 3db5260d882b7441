import { ConfigError } from '../../domain/errors.ts';
import type { Candidate, Item } from '../../domain/item.ts';
import type { Rule } from '../../domain/rule.ts';
import type { PointwiseVote } from '../../domain/vote.ts';
import { hashValue } from '../../files/content-hash.ts';
import type { Look, Rater } from '../../ports/rater.ts';
import { compileRule } from './compile-rule.ts';
import { type Check, CheckFailure, type Finding } from './finding.ts';
import { ResponseText } from './response-text.ts';

export interface RuleRaterOptions {
  readonly id?: string;
  /** `command` rules run a program of the user; off unless the person who runs it says so. */
  readonly allowCommands?: boolean;
}

interface ReadyRule {
  readonly rule: Rule;
  readonly check: Check;
}

/**
 * Rules as a rater: one look at all candidates of an item, no calls. Each rule gives one pointwise vote per candidate
 * (criterion: the rule's id, score 1 passed or 0 failed); a failed `veto` rule vetoes. An `info` rule speaks only when
 * it fails, as an abstention with its reason. A rule that does not apply gives no vote.
 * @throws ConfigError for a `command` rule that is not allowed.
 */
export async function openRuleRater(rules: readonly Rule[], options: RuleRaterOptions = {}): Promise<Rater> {
  const id = options.id ?? 'rules';
  const command = rules.find(({ check }) => check === 'command');
  if (command !== undefined && options.allowCommands !== true) {
    throw new ConfigError(`the rule "${command.id}" runs a program, which is not allowed`, [], {
      hint: 'read the job file, then say --allow-commands',
    });
  }
  const ready: ReadyRule[] = await Promise.all(
    rules.map(async (rule) => ({ rule, check: await compileRule(rule) })),
  );
  return {
    id,
    kind: 'rule',
    model: null,
    family: null,
    fingerprint: hashValue({ rater: 'rule', version: 1, rules }),
    looks(item) {
      const candidates = item.candidates.filter(({ text }) => text !== null).map((candidate) => candidate.id);
      const look: Look = { id: 'rules', candidates, sample: 0, calls: 0, inputTokens: 0, outputTokens: 0 };
      return candidates.length > 0 && ready.some(({ rule }) => applies(rule, item)) ? [look] : [];
    },
    async take(look, item, { signal }) {
      const votes: PointwiseVote[] = [];
      for (const candidate of item.candidates) {
        if (candidate.text === null || !look.candidates.includes(candidate.id)) continue;
        const text = new ResponseText(candidate.text);
        for (const { rule, check } of ready) {
          if (!applies(rule, item)) continue;
          const subject = { item, candidate, text, signal };
          try {
            const result = check(subject);
            const findings = result instanceof Promise ? await result : result;
            for (const finding of findings) {
              if (rule.severity === 'info' && finding.pass) continue;
              votes.push(asVote(id, item, candidate, rule, finding));
            }
          } catch (error) {
            if (!(error instanceof CheckFailure)) throw error;
            signal.throwIfAborted();
            votes.push({
              ...voteBase(id, item, candidate, rule.id),
              outcome: 'error',
              reason: error.message,
            });
          }
        }
      }
      return votes;
    },
  };
}

function applies(rule: Rule, item: Item): boolean {
  return rule.categories === undefined || (item.category != null && rule.categories.includes(item.category));
}

function asVote(
  rater: string,
  item: Item,
  candidate: Candidate,
  rule: Rule,
  finding: Finding,
): PointwiseVote {
  const criterion = finding.part === undefined ? rule.id : `${rule.id}/${finding.part}`;
  const base = {
    ...voteBase(rater, item, candidate, criterion),
    reason: finding.span === undefined ? finding.reason : `${finding.reason}: "${finding.span.text}"`,
    provenance: { basis: rule.id, severity: rule.severity, ...(finding.span && { span: finding.span }) },
  };
  if (finding.pass) return { ...base, outcome: 'verdict', score: 1, scale: [0, 1] };
  if (rule.severity === 'info') return { ...base, outcome: 'abstain' };
  return {
    ...base,
    outcome: 'verdict',
    score: 0,
    scale: [0, 1],
    ...(rule.severity === 'veto' && { veto: true }),
  };
}

function voteBase(rater: string, item: Item, candidate: Candidate, criterion: string) {
  return {
    item: item.id,
    rater,
    rater_kind: 'rule',
    kind: 'pointwise',
    candidate: candidate.id,
    criterion,
  } as const;
}
