import type { GateAnswer, GateCriterionResult, GateFloorResult, GateQuorum } from '../../domain/gate.ts';

/** What the decision of a gate depends on. */
export interface GateGrounds {
  readonly criteria: readonly GateCriterionResult[];
  readonly floors: readonly GateFloorResult[];
  readonly quorum: GateQuorum;
}

/** Decides a gate. A broken floor always fails it. Without a quorum nothing else is decided. One failed criterion fails the
 * gate; it passes only if all required criteria and all floors pass.
 */
export function decideGate({ criteria, floors, quorum }: GateGrounds): {
  readonly answer: GateAnswer;
  readonly reasons: readonly string[];
} {
  const required = criteria.filter((criterion) => criterion.required);
  const criterionReasons = (wanted: GateAnswer) =>
    required.filter(({ answer }) => answer === wanted).map((one) => `${nameOf(one)}: ${one.reason}`);
  const floorReasons = (wanted: GateAnswer) =>
    floors.filter(({ answer }) => answer === wanted).map(({ id, reason }) => `floor ${id}: ${reason}`);
  const broken = floorReasons('fail');
  if (!quorum.reached) {
    const notQuorate = `the panel is not quorate: ${share(quorum.quorate_share)} of the items have ${quorum.raters} decisive rater${quorum.raters === 1 ? '' : 's'}, ${share(quorum.share)} are required`;
    return broken.length > 0
      ? { answer: 'fail', reasons: [...broken, notQuorate] }
      : { answer: 'inconclusive', reasons: [notQuorate] };
  }
  const failed = [...broken, ...criterionReasons('fail')];
  if (failed.length > 0) return { answer: 'fail', reasons: failed };
  const open = [...floorReasons('inconclusive'), ...criterionReasons('inconclusive')];
  if (required.length === 0 && floors.length === 0) open.push('nothing was tested');
  if (open.length > 0) return { answer: 'inconclusive', reasons: open };
  return { answer: 'pass', reasons: criterionReasons('pass') };
}

/** Criterion id with its slice: `improvement (category=code)`. */
export function nameOf({ id, slice }: Pick<GateCriterionResult, 'id' | 'slice'>): string {
  return slice === null ? id : `${id} (${slice})`;
}

function share(value: number): string {
  return `${(value * 100).toFixed(0)} %`;
}
