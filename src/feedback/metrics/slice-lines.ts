import { hideSmall } from './hide-small.ts';
import { type MetricLine, measureRate, metricLine, ratesOf } from './metric-line.ts';
import type { RateName } from './slice-tally.ts';
import type { MetricName, Target } from './targets.ts';
import type { BreakdownName, WindowTally } from './window-tally.ts';

export interface SliceLine {
  readonly slice: string;
  /** Fewer than k authors, or hidden to protect such a slice from subtraction. */
  readonly hidden: boolean;
  /** Number of authors; null if hidden. */
  readonly authors: number | null;
  /** Metrics that may be shown. */
  readonly metrics: readonly MetricLine[];
}

/** A breakdown of a window that reveals nothing about fewer than k authors, directly or by subtraction. */
export function sliceLines(
  name: BreakdownName,
  now: WindowTally,
  before: WindowTally,
  { k, targets }: { readonly k: number; readonly targets: Readonly<Partial<Record<MetricName, Target>>> },
): readonly SliceLine[] {
  const shown = shownRates(name, now, k);
  const shownBefore = shownRates(name, before, k);
  return [...now.by[name].slices]
    .map(([slice, tally]): SliceLine => {
      const rates = ratesOf(now).filter(({ rate }) => shown.get(slice)?.has(rate) === true);
      const hidden = !shown.has(slice);
      return {
        slice,
        hidden,
        authors: hidden ? null : tally.authors.weighty,
        metrics: rates.map(({ metric, of, rate }) => {
          const isShown = shownBefore.get(slice)?.has(rate) === true;
          const earlier = isShown ? measureRate(before.by[name].slices.get(slice)!, rate).cleaned : null;
          return metricLine(
            { metric, unit: 'share', of },
            measureRate(tally, rate),
            earlier,
            targets[metric],
          );
        }),
      };
    })
    .sort((a, b) => (b.authors ?? -1) - (a.authors ?? -1) || (a.slice < b.slice ? -1 : 1));
}

/** Slices that may be shown, each with the rates that may be shown. */
function shownRates(
  name: BreakdownName,
  window: WindowTally,
  k: number,
): ReadonlyMap<string, ReadonlySet<RateName>> {
  const slices = [...window.by[name].slices];
  const hidden = hideSmall(
    slices.map(([, { authors }]) => ({ filled: authors.size > 0, authors })),
    k,
  );
  const shown = new Map<string, Set<RateName>>();
  for (const [index, [slice]] of slices.entries()) if (!hidden.has(index)) shown.set(slice, new Set());
  for (const { rate } of ratesOf(window)) {
    // the number of interactions is not sensitive; the feedback on them is
    const ofInteractions = rate === 'collected' || rate === 'flagged';
    const hiddenHere = hideSmall(
      slices.map(([, tally], index) => {
        const authors = ofInteractions ? tally.authors : tally[rate].authors;
        return { filled: authors.size > 0, authors, mustHide: hidden.has(index) };
      }),
      k,
    );
    for (const [index, [slice]] of slices.entries()) if (!hiddenHere.has(index)) shown.get(slice)?.add(rate);
  }
  return shown;
}
