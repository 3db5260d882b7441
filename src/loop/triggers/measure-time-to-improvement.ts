import type { TriggerRule } from '../../domain/loop.ts';
import type { ModelState } from '../../registry/model-state.ts';
import { medianWait, survivalAt, type Wait } from '../../stats/survival/kaplan-meier.ts';
import type { TriggerParts } from './measurement.ts';
import { dayMs, isCounted, type Measurement, negativeRating } from './measurement.ts';
import { eventsOf, windowOf } from './window.ts';

/** Days from negative feedback to the next new version in production. Open waits are right-censored (Kaplan & Meier 1958).
 * There is no interval, since all these waits end with the same promotion.
 */
export async function measureTimeToImprovement(parts: TriggerParts, rule: TriggerRule): Promise<Measurement> {
  const waits: Wait[] = [];
  const authors = new Set<string>();
  const promotions = promotionTimes(parts.model);
  for await (const stored of eventsOf(parts, rule)) {
    const { event } = stored;
    const complains = negativeRating(stored) === 1 || event.kind === 'flag' || event.kind === 'correction';
    if (!complains || !isCounted(stored)) continue;
    authors.add(event.author);
    waits.push(waitOf(Date.parse(event.at), promotions, parts.nowMs));
  }
  const median = medianWait(waits);
  const waitingLonger = survivalAt(waits, rule.over);
  const production = parts.model.production?.served_as ?? 'nothing';
  const evidence = {
    value: median.defined ? median.value : null,
    unit: 'days, median',
    over: rule.over,
    bound: null,
    confidence: null,
    n: waits.length,
    authors: authors.size,
    ...windowOf(parts, rule),
    detail: {
      waiting_longer: waitingLonger.defined ? waitingLonger.value : null,
      still_open: waits.filter(({ ended }) => !ended).length,
      production,
    },
  };
  const cause = `waiting for a successor of ${production}`;
  // open waits that are shorter than the limit carry no information about it
  const informative = waits.filter(({ duration, ended }) => ended || duration > rule.over).length;
  if (informative < rule.minimum || !waitingLonger.defined)
    return { standing: 'too_little_data', cause, evidence };
  return { standing: waitingLonger.value > 0.5 ? 'over' : 'under', cause, evidence };
}

/** Times at which new versions entered production, in order; a rollback is not an improvement. */
export function promotionTimes({ versions }: ModelState): readonly number[] {
  return versions
    .flatMap(({ moves }) => moves)
    .filter(({ to, basis }) => to === 'production' && basis.kind !== 'rollback')
    .map(({ at }) => Date.parse(at))
    .sort((a, b) => a - b);
}

/** The wait from one time to the next promotion. @param promotions in order */
export function waitOf(fromMs: number, promotions: readonly number[], nowMs: number): Wait {
  const next = promotions.find((at) => at > fromMs && at <= nowMs);
  return { duration: ((next ?? nowMs) - fromMs) / dayMs, ended: next !== undefined };
}
