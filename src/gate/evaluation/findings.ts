import type { PointwiseVote } from '../../domain/vote.ts';
import type { Side } from './paired-item.ts';

/** Results of rules, fact checks and vetoes for one response. */
interface SideFindings {
  readonly rulesPassed: Set<string>;
  readonly rulesFailed: Set<string>;
  factsChecked: boolean;
  refuted: boolean;
  safetyChecked: boolean;
  flagged: boolean;
  readonly reasons: string[];
}

/** Whether one response has a finding; null if no rater checked it. */
export type Finding = boolean | null;

/** Metrics that count findings. */
export type FindingMetric = 'rule_failures' | 'refuted_facts' | 'safety_flags';

/** Findings in the two responses of an item. */
export class Findings {
  readonly #sides: Readonly<Record<Side, SideFindings>> = { candidate: emptySide(), baseline: emptySide() };

  /** Adds a verdict of a rule, a fact check or a constitution, or a veto of any rater. */
  add(vote: PointwiseVote, side: Side): void {
    const own = this.#sides[side];
    const { criterion = '', score = 1, scale, veto, reason } = vote;
    const bad = score < (scale?.[1] ?? 1);
    if (vote.rater_kind === 'rule') {
      const rule = vote.provenance?.basis ?? criterion.split('/')[0]!;
      (bad ? own.rulesFailed : own.rulesPassed).add(rule);
      if (bad) own.reasons.push(`${criterion}: ${reason ?? 'failed'}`);
    } else if (vote.rater_kind === 'fact' && criterion === 'refuted') {
      own.factsChecked = true;
      if (bad) {
        own.refuted = true;
        own.reasons.push(`refuted: ${reason ?? 'a claim'}`);
      }
    }
    own.safetyChecked = true;
    if (veto === true) {
      own.flagged = true;
      if (vote.rater_kind === 'constitution') own.reasons.push(`${criterion}: ${reason ?? 'clear breach'}`);
    }
  }

  /** The finding of one side. @param rules ids of the rules that count; null: all */
  of(metric: FindingMetric, side: Side, rules: readonly string[] | null): Finding {
    const own = this.#sides[side];
    if (metric === 'refuted_facts') return own.factsChecked ? own.refuted : null;
    if (metric === 'safety_flags') return own.safetyChecked ? own.flagged : null;
    const counts = (rule: string) => rules === null || rules.includes(rule);
    if ([...own.rulesFailed].some(counts)) return true;
    return [...own.rulesPassed].some(counts) ? false : null;
  }

  reasons(side: Side): readonly string[] {
    return this.#sides[side].reasons;
  }
}

function emptySide(): SideFindings {
  return {
    rulesPassed: new Set(),
    rulesFailed: new Set(),
    factsChecked: false,
    refuted: false,
    safetyChecked: false,
    flagged: false,
    reasons: [],
  };
}
