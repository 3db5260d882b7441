import type { Firing, TriggerState } from '../../domain/firing.ts';
import { type TriggerId, type TriggerRule, triggerIds } from '../../domain/loop.ts';
import { measureKnowledgeGaps, measureNegativeRate, measureSafetyFlags } from './count-measurement.ts';
import { measureJudgeDrift } from './measure-judge-drift.ts';
import { measureNewPairs } from './measure-new-pairs.ts';
import { measureTimeToImprovement } from './measure-time-to-improvement.ts';
import type { TriggerParts } from './measurement.ts';
import { dayMs, type Measurement, timeText } from './measurement.ts';

/** Status of a trigger. */
export type TriggerStatus = 'due' | 'not_due' | 'too_little_data' | 'already_fired' | 'cooling_down';

/** A trigger at one time: its measurement, and whether it is due. */
export interface Assessment extends Omit<Measurement, 'seen'> {
  readonly trigger: TriggerId;
  readonly status: TriggerStatus;
  readonly action: Firing['action'];
  readonly last_fired: string | null;
}

/** An assessment with the state of the trigger before and after it. */
export interface TriggerAssessment {
  readonly assessment: Assessment;
  /** Stored state, and the state to store if this assessment is recorded. */
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

/** Assesses the enabled triggers; writes nothing. */
export async function assessTriggers(
  parts: TriggerParts,
  ids: readonly TriggerId[] = triggerIds,
): Promise<readonly TriggerAssessment[]> {
  const assessments: TriggerAssessment[] = [];
  for (const id of ids) {
    const rule = parts.loop.triggers[id];
    if (!rule.enabled) continue;
    const before = await parts.store.triggerState(id);
    assessments.push(assess(id, rule, before, await measures[id](parts, rule), parts.nowMs));
  }
  return assessments;
}

const unfired: TriggerState = { armed: true, last_fired: null, cause: '', seen_to: null, waiting: [] };

/** Hysteresis and cool-down: a trigger that fired is due again only for another cause, or after its value returned to
 * `rearmAt` and the cool-down is over.
 */
export function assess(
  trigger: TriggerId,
  rule: TriggerRule,
  before: TriggerState | null,
  { seen, ...measured }: Measurement,
  nowMs: number,
): TriggerAssessment {
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

/** Records assessments: a firing for each due trigger, the new state of the others. @returns the firings */
export async function recordAssessments(
  { store, nowMs }: Pick<TriggerParts, 'store' | 'nowMs'>,
  assessments: readonly TriggerAssessment[],
): Promise<readonly Firing[]> {
  const firings: Firing[] = [];
  for (const { assessment, before, after } of assessments) {
    const { trigger, status, cause, evidence, action } = assessment;
    const at = timeText(nowMs);
    if (status === 'due') {
      const id = `${trigger}-${at.replace(/[^0-9]/g, '')}`;
      const firing: Firing = { id, trigger, at, cause, evidence, action, outcome: { status: 'pending' } };
      // false: another process recorded the same firing concurrently
      if (await store.changeTrigger(trigger, before, after, firing)) firings.push(firing);
    } else if (JSON.stringify(before ?? unfired) !== JSON.stringify(after))
      await store.changeTrigger(trigger, before, after);
  }
  return firings;
}
