import { describe, expect, it } from 'vitest';
import { drawLabels, measure } from '../bench/reconcile/measure.ts';
import { eightPanels } from '../bench/reconcile/panels.ts';
import { reconcile } from '../src/reconcile/reconcile.ts';
import { sharedDataPresent } from './support/shared-data.ts';

/** Recorded judges on eight panels. Limits leave room for one draw's luck; `npm run bench -- reconcile` has the numbers. */
describe.skipIf(!sharedDataPresent())('reconcile on recorded votes (needs ../shared/data)', () => {
  it.each([
    { labels: 0, accuracy: 0.7, brier: 0.195, ece: 0.11 },
    { labels: 100, accuracy: 0.8, brier: 0.135, ece: 0.095 },
  ])('reaches its level with $labels labels', { timeout: 120_000 }, async (level) => {
    const panels = await eightPanels();
    const sums = { accuracy: 0, brier: 0, ece: 0 };
    for (const panel of panels!) {
      const { labels, gold } = drawLabels(panel, level.labels, 1);
      const { preferences, report } = await reconcile({ votes: panel.votes, items: panel.items, labels });
      expect(report.basis).toBe(level.labels === 0 ? 'uncalibrated' : 'calibrated');
      const measured = measure(preferences, gold);
      for (const key of ['accuracy', 'brier', 'ece'] as const) sums[key] += measured[key] / panels!.length;
    }
    expect(sums.accuracy).toBeGreaterThan(level.accuracy);
    expect(sums.brier).toBeLessThan(level.brier);
    expect(sums.ece).toBeLessThan(level.ece);
  });
});
