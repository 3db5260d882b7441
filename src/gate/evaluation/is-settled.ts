import type { GateFloorResult } from '../../domain/gate.ts';
import type { GateFloorSpec } from '../../domain/gate-settings.ts';
import { type GateInput, groundsOf } from './evaluate-gate.ts';

/** Whether a sequential gate may stop. The tests of criteria are anytime-valid. Floors are not: the rate in the first items
 * can exceed a limit that the rate in all items keeps. A floor therefore stops the gate only if no further item can repair it.
 */
export function isSettled(input: Omit<GateInput, 'look'>): boolean {
  const { items, checked = items, settings } = input;
  const { answer, floors, results } = groundsOf({ ...input, look: 'look' });
  const broken = floors.filter((floor) => floor.answer === 'fail');
  const specs = new Map(settings.floors.map((spec) => [spec.id, spec]));
  if (broken.some((floor) => isIrrecoverable(floor, specs.get(floor.id)!, checked.length))) return true;
  if (items.length === 0) return false;
  if (broken.length === 0) return answer !== 'inconclusive';
  return results.some((criterion) => criterion.required && criterion.answer === 'fail');
}

function isIrrecoverable({ candidate }: GateFloorResult, spec: GateFloorSpec, items: number): boolean {
  const { maxCount, maxRate } = spec;
  if (candidate.checked >= items) return true;
  if (maxCount !== null && candidate.found > maxCount) return true;
  return maxRate !== null && candidate.found > maxRate * items;
}
