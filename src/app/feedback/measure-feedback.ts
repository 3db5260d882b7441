import { existsSync } from 'node:fs';
import type { RegistryEntry } from '../../domain/model-version.ts';
import { type FeedbackStats, feedbackStats } from '../../feedback/metrics/feedback-stats.ts';
import { type StatsWindow, tallyWindows } from '../../feedback/metrics/tally-windows.ts';
import { withRegistry } from '../registry/with-registry.ts';
import { withFeedback } from '../stores/feedback-stores.ts';

/** Complaints from up to this long before the window can still be open in it. */
const historyMs = 90 * 24 * 3_600_000;

export interface MeasureRequest {
  readonly store: string;
  readonly window: StatsWindow;
  /** Slices with fewer authors are hidden. */
  readonly minGroupSize: number;
  /** Model registry; where there is none, versions are dated by their first appearance in the feedback. */
  readonly registry: string;
}

/** Feedback metrics of a window with intervals, against their targets and the window before. */
export async function measureFeedback(request: MeasureRequest): Promise<FeedbackStats> {
  const { window, minGroupSize: k } = request;
  const { sinceMs, untilMs } = window;
  const time = (ms: number) => new Date(ms).toISOString();
  const until = time(untilMs);
  return withFeedback(request.store, async (store) => {
    const beforeMs = 2 * sinceMs - untilMs;
    const tallies = await tallyWindows(
      store.events({ since: time(Math.min(beforeMs, untilMs - historyMs)), until }),
      store.interactions({ since: time(beforeMs), until }),
      window,
    );
    return feedbackStats(tallies, { ...window, k, registry: await historiesOf(request.registry) });
  });
}

async function historiesOf(registry: string): Promise<RegistryEntry[][] | null> {
  if (!existsSync(registry)) return null;
  return withRegistry(registry, async (models) => {
    const histories: RegistryEntry[][] = [];
    for (const model of await models.models()) histories.push([...(await models.history(model))]);
    return histories;
  });
}
