import type { EventWindow, FeedbackStore } from '../../ports/feedback-store.ts';
import { measureRate } from '../metrics/metric-line.ts';
import type { MetricValue } from '../metrics/rate-tally.ts';
import { sliceLines } from '../metrics/slice-lines.ts';
import { tallyWindows } from '../metrics/tally-windows.ts';
import { type BreakdownName, breakdowns } from '../metrics/window-tally.ts';

/** Share of interactions with feedback, before cleaning; null value if none were recorded. */
export interface Coverage extends Readonly<Record<BreakdownName, Readonly<Record<string, MetricValue>>>> {
  readonly all: MetricValue;
}

/** Measures which share of the served responses the votes cover. Authors choose what they rate, so a low share, or one that
 * differs between slices, indicates selection bias. Slices with fewer than k authors are left out.
 */
export async function measureCoverage(
  store: Pick<FeedbackStore, 'events' | 'interactions'>,
  window: EventWindow,
  k: number,
): Promise<Coverage> {
  // one window over all requested events; the one before it is empty
  const span = { sinceMs: -8.64e15, untilMs: 8.64e15 };
  const { now, before } = await tallyWindows(store.events(window), store.interactions(window), span);
  const slices = (name: BreakdownName) =>
    Object.fromEntries(
      sliceLines(name, now, before, { k, targets: {} }).flatMap(({ slice, metrics }) =>
        metrics.flatMap(({ metric, raw }) => (metric === 'collection_rate' ? [[slice, raw] as const] : [])),
      ),
    );
  const all = measureRate(now.all, 'collected').raw;
  return {
    all,
    ...(Object.fromEntries(breakdowns.map((name) => [name, slices(name)])) as Record<
      BreakdownName,
      Record<string, MetricValue>
    >),
  };
}
