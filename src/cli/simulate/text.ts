import type { Frontier, SimulationSummary } from '../../app/analysis/simulate-files.ts';
import type { FrontierPoint } from '../../engine/simulate/frontier.ts';
import type { PlottedPlan } from '../../reports/figures/frontier-figure.ts';

/** The result of one plan in a line. */
export function summaryLine(score: SimulationSummary): string {
  const money = score.usd_per_item === null ? 'unknown dollars' : `$${score.usd_per_item.toFixed(6)}`;
  const accuracy =
    score.accuracy === null || score.accuracy_se === null
      ? 'no labels'
      : `accuracy ${(100 * score.accuracy).toFixed(1)} % ± ${(100 * score.accuracy_se).toFixed(1)} (n = ${score.labelled})`;
  const perPair = score.usd_per_accepted_pair;
  const accepted = `${score.accepted} accepted (uncalibrated)${perPair === null ? '' : ` at $${perPair.toFixed(6)} each`}`;
  return `${score.allocation}: ${score.items} items, ${money} and ${score.calls_per_item.toFixed(1)} calls per item, ${accuracy}, ${accepted}`;
}

/** The flags that select a plan. */
function settingOf({ allocation, samples, target_error, usd_per_item_limit }: FrontierPoint): string {
  const parts = [
    `--allocation ${allocation}`,
    samples === null ? '' : `--samples ${samples}`,
    target_error === null ? '' : `--target-error ${target_error}`,
    usd_per_item_limit === null ? '' : `--usd-per-item ${usd_per_item_limit}`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** One line for each plan, the cheapest first; the bar is the share of the span between the worst and the best plan. */
export function frontierLines({ points, recommended }: Frontier): string[] {
  const sorted = [...points].sort((a, b) => a.cost - b.cost);
  const span = spanOf(sorted.map(({ quality }) => quality));
  const settings = sorted.map(settingOf);
  const wide = Math.max(...settings.map((text) => text.length));
  const unit = sorted.every(({ score }) => score.usd_per_item !== null) ? '$/item' : 'calls/item';
  const measure = sorted.every(({ score }) => score.accuracy !== null) ? 'accuracy' : 'claimed (no labels)';
  return [
    `  ${'plan'.padEnd(wide)}  ${unit.padStart(10)}  ${measure}`,
    ...sorted.map((point, k) => {
      const bar = '█'.repeat(1 + Math.round(29 * ((point.quality - span.low) / span.length)));
      const mark = point === recommended ? '>' : ' ';
      const cost = point.cost < 1 ? point.cost.toFixed(5) : point.cost.toFixed(1);
      return `${mark} ${settings[k]!.padEnd(wide)}  ${cost.padStart(10)}  ${(100 * point.quality).toFixed(1).padStart(5)} % ${bar}`;
    }),
    recommended === null
      ? 'no plan meets that; the table shows what each plan reaches'
      : `recommended: ${settingOf(recommended)}`,
  ];
}

/** The frontier as points of its figure. */
export function plottedPlans({ points, recommended }: Frontier): PlottedPlan[] {
  return points.map((point) => ({
    kind: point.allocation,
    label: settingOf(point),
    cost: point.cost,
    quality: point.quality,
    recommended: point === recommended,
  }));
}

export function isPriced({ points }: Frontier): boolean {
  return points.every(({ score }) => score.usd_per_item !== null);
}

function spanOf(values: readonly number[]): { low: number; length: number } {
  const low = Math.min(...values);
  const length = Math.max(...values) - low;
  return { low, length: length > 0 ? length : 1 };
}
