import type { Firing, TriggerState } from '../../domain/firing.ts';
import { type TriggerId, type TriggerRule, triggerIds } from '../../domain/loop.ts';
import { measureJudgeDrift } from './measure-judge-drift.ts';
import { measureKnowledgeGaps } from './measure-knowledge-gaps.ts';
import { measureNegativeRate } from './measure-negative-rate.ts';
import { measureNewPairs } from './measure-new-pairs.ts';
import { measureSafetyFlags } from './measure-safety-flags.ts';
import { measureTimeToImprovement } from './measure-time-to-improvement.ts';
import { dayMs, type Measurement, timeText } from './measurement.ts';
import type { TriggerParts } from './trigger-parts.ts';

export type TriggerStatus = 'due' | 'not_due' | 'too_little_data' | 'already_fired' | 'cooling_down';

/** A rule at this moment: what was measured, and whether it is to fire. */
export interface Assessment extends Omit<Measurement, 'seen'> {
  readonly trigger: TriggerId;
  readonly status: TriggerStatus;
  readonly action: Firing['action'];
  readonly last_fired: string | null;
}

export interface Look {
  readonly assessment: Assessment;
  /** What the rule remembered, and remembers if this look is recorded. */
  readonly before: TriggerState | null;
  readonly after: TriggerState;
}

const measures: Readonly<
  Record<TriggerId, (parts: TriggerParts, rule: TriggerRule) => Promise<Measurement>>
> = {
  safety_flags: measureSafetyFlags,
  negative_rate: measureNegativeRate,
  knowledge_gaps: measureKnowledgeGaps,
  new_pairs: measureNewPairs,
  judge_drift: measureJudgeDrift,
  time_to_improvement: measureTimeToImprovement,
};

/** Looks at rules that are switched on; writes nothing. */
export async function assessTriggers(
  parts: TriggerParts,
  ids: readonly TriggerId[] = triggerIds,
): Promise<readonly Look[]> {
  const looks: Look[] = [];
  for (const id of ids) {
    const rule = parts.loop.triggers[id];
    if (!rule.enabled) continue;
    const before = await parts.store.triggerState(id);
    looks.push(assess(id, rule, before, await measures[id](parts, rule), parts.nowMs));
  }
  return looks;
}

const unfired: TriggerState = { armed: true, last_fired: null, cause: '', seen_to: null, waiting: [] };

/**
 * Hysteresis and cool-down: a rule that fired fires again only for another cause, or after its value came back to
 * `rearmAt` and the cool-down is over.
 */
export function assess(
  trigger: TriggerId,
  rule: TriggerRule,
  before: TriggerState | null,
  { seen, ...measured }: Measurement,
  nowMs: number,
): Look {
  const state = before ?? unfired;
  const isSame = state.last_fired !== null && state.cause === measured.cause;
  const armed = state.armed || !isSame || measured.standing === 'under';
  const cooling =
    isSame && Date.parse(state.last_fired) + rule.cooldownDays * dayMs > nowMs && state.last_fired !== null;
  const status = ((): TriggerStatus => {
    if (measured.standing === 'too_little_data') return 'too_little_data';
    if (measured.standing !== 'over') return 'not_due';
    if (!armed) return 'already_fired';
    return cooling ? 'cooling_down' : 'due';
  })();
  const after: TriggerState =
    status === 'due'
      ? {
          armed: false,
          last_fired: timeText(nowMs),
          cause: measured.cause,
          seen_to: seen?.to ?? null,
          waiting: seen?.waitingIfFired ?? [],
        }
      : {
          ...state,
          armed: isSame ? armed : state.armed,
          seen_to: seen?.to ?? null,
          waiting: seen?.waitingIfNot ?? [],
        };
  const action = typeof rule.action === 'string' ? rule.action : 'command';
  return {
    assessment: { trigger, status, action, last_fired: state.last_fired, ...measured },
    before,
    after,
  };
}

/** Records looks: a firing for each that is due, and what the others remember. @returns the firings */
export async function recordLooks(
  { store, nowMs }: Pick<TriggerParts, 'store' | 'nowMs'>,
  looks: readonly Look[],
): Promise<readonly Firing[]> {
  const firings: Firing[] = [];
  for (const { assessment, before, after } of looks) {
    const { trigger, status, cause, evidence, action } = assessment;
    const at = timeText(nowMs);
    if (status === 'due') {
      const id = `${trigger}-${at.replace(/[^0-9]/g, '')}`;
      const firing: Firing = { id, trigger, at, cause, evidence, action, outcome: { status: 'pending' } };
      // false: another process looked at the same moment, and fired
      if (await store.changeTrigger(trigger, before, after, firing)) firings.push(firing);
    } else if (JSON.stringify(before ?? unfired) !== JSON.stringify(after))
      await store.changeTrigger(trigger, before, after);
  }
  return firings;
}
