import { normalCdf } from '../../stats/special/normal.ts';
import { cellStates, type PairTable } from '../tables/pair-table.ts';
import type { Warnings } from '../tables/warnings.ts';
import type { RaterBehaviour } from './rater-model.ts';

/** The behaviour of each rater in these votes, by the measures that need no label. */
export function behaviours(pairs: PairTable): RaterBehaviour[] {
  const count = () => new Float64Array(pairs.raters.length);
  const [asked, noOpinion, twoOrders, stable] = [count(), count(), count(), count()];
  for (let k = 0; k < pairs.rater.length; k += 1) {
    const rater = pairs.rater[k]!;
    asked[rater]! += 1;
    if (pairs.state[k] === cellStates.noOpinion || pairs.state[k] === cellStates.error)
      noOpinion[rater]! += 1;
    twoOrders[rater]! += pairs.twoOrders[k]!;
    stable[rater]! += pairs.stable[k]!;
  }
  return pairs.raters.flatMap(({ id, models, isLabel }, rater) =>
    isLabel
      ? []
      : [
          {
            rater: id,
            models: [...models].sort(),
            asked: asked[rater]!,
            no_opinion: noOpinion[rater]!,
            two_orders: twoOrders[rater]!,
            stable: stable[rater]!,
          },
        ],
  );
}

const level = 0.01;

/**
 * Warns where a rater's behaviour differs from that at the time of the fit: order consistency and missing opinions by
 * two-proportion z-tests at 1 % over all tests (Bonferroni), and where another model answers under the rater's id.
 */
export function warnOfDrift(
  then: readonly RaterBehaviour[],
  now: readonly RaterBehaviour[],
  warnings: Warnings,
): void {
  const before = new Map(then.map((one) => [one.rater, one]));
  const threshold = level / Math.max(1, 2 * now.length);
  for (const one of now) {
    const earlier = before.get(one.rater);
    if (earlier === undefined) {
      warnings.add('rater_unknown_to_model', one.rater);
      continue;
    }
    if (proportionsPValue(earlier.stable, earlier.two_orders, one.stable, one.two_orders) < threshold) {
      const change = `${share(earlier.stable, earlier.two_orders)} -> ${share(one.stable, one.two_orders)}`;
      warnings.add('rater_drifted', `${one.rater}: order consistency ${change}`);
    }
    if (proportionsPValue(earlier.no_opinion, earlier.asked, one.no_opinion, one.asked) < threshold) {
      const change = `${share(earlier.no_opinion, earlier.asked)} -> ${share(one.no_opinion, one.asked)}`;
      warnings.add('rater_drifted', `${one.rater}: without an answer ${change}`);
    }
    const newModels = one.models.filter((model) => !earlier.models.includes(model));
    if (earlier.models.length > 0 && newModels.length > 0) {
      warnings.add('model_changed', `${one.rater}: ${earlier.models.join(', ')} -> ${newModels.join(', ')}`);
    }
  }
}

/** Two-sided p-value of equal proportions, pooled variance; 1 where one side has no cases. */
function proportionsPValue(a: number, n: number, b: number, m: number): number {
  if (n === 0 || m === 0) return 1;
  const pooled = (a + b) / (n + m);
  const variance = pooled * (1 - pooled) * (1 / n + 1 / m);
  return variance === 0 ? 1 : 2 * normalCdf(-Math.abs(a / n - b / m) / Math.sqrt(variance));
}

function share(part: number, whole: number): string {
  return (part / whole).toFixed(2);
}
