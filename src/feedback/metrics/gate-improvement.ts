import type { RegistryEntry } from '../../domain/model-version.ts';
import type { MetricValue } from './rate-tally.ts';

/** Improvement in the last gate of a window over all items: its first required criterion, with the gate's interval. */
export function gateImprovement(
  histories: readonly (readonly RegistryEntry[])[],
  sinceMs: number,
  untilMs: number,
): MetricValue {
  const last = histories
    .flat()
    .filter((entry) => entry.kind === 'gated')
    .filter(({ at }) => Date.parse(at) >= sinceMs && Date.parse(at) < untilMs)
    .reduce<Extract<RegistryEntry, { kind: 'gated' }> | null>(
      (latest, entry) => (latest === null || Date.parse(entry.at) >= Date.parse(latest.at) ? entry : latest),
      null,
    );
  if (last === null) {
    return { value: null, low: null, high: null, n: 0, reason: 'no gate was recorded in this window' };
  }
  const criterion = last.criteria.find(
    ({ slice, required, measured }) => slice === null && required && measured !== null,
  );
  if (criterion?.measured == null) {
    return {
      value: null,
      low: null,
      high: null,
      n: 0,
      reason: `the gate of ${last.version} measured nothing`,
    };
  }
  const { improvement, interval } = criterion.measured;
  return { value: improvement, low: interval[0], high: interval[1], n: criterion.items };
}
