import { hideSmall } from './hide-small.ts';
import { type MetricLine, measureRate, metricLine, ratesOf } from './metric-line.ts';
import type { RateName } from './slice-tally.ts';
import type { MetricName, Target } from './targets.ts';
import type { BreakdownName, WindowTally } from './window-tally.ts';

export interface SliceLine {
  readonly slice: string;
  /** Of fewer than k people, or needed to keep such slices from being subtracted: nothing is told of it. */
  readonly hidden: boolean;
  /** Null where hidden. */
  readonly people: number | null;
  /** Those that may be told. */
  readonly metrics: readonly MetricLine[];
}

/** A breakdown of a window, with nothing in it that tells of fewer than k people, alone or by subtraction. */
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
        people: hidden ? null : tally.people.weighty,
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
    .sort((a, b) => (b.people ?? -1) - (a.people ?? -1) || (a.slice < b.slice ? -1 : 1));
}

/** Slices that may be told of, each with the rates that may be told. */
function shownRates(
  name: BreakdownName,
  window: WindowTally,
  k: number,
): ReadonlyMap<string, ReadonlySet<RateName>> {
  const slices = [...window.by[name].slices];
  const hidden = hideSmall(
    slices.map(([, { people }]) => ({ filled: people.size > 0, people })),
    k,
  );
  const shown = new Map<string, Set<RateName>>();
  for (const [index, [slice]] of slices.entries()) if (!hidden.has(index)) shown.set(slice, new Set());
  for (const { rate } of ratesOf(window)) {
    // of interactions everybody knows how many there are; what people said of them is what is protected
    const ofInteractions = rate === 'collected' || rate === 'flagged';
    const hiddenHere = hideSmall(
      slices.map(([, tally], index) => {
        const people = ofInteractions ? tally.people : tally[rate].people;
        return { filled: people.size > 0, people, mustHide: hidden.has(index) };
      }),
      k,
    );
    for (const [index, [slice]] of slices.entries()) if (!hiddenHere.has(index)) shown.get(slice)?.add(rate);
  }
  return shown;
}
