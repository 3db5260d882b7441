import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { feedbackStats } from '../../src/feedback/metrics/feedback-stats.ts';
import { tallyWindows } from '../../src/feedback/metrics/tally-windows.ts';
import { feedbackPage } from '../../src/reports/feedback-page.ts';
import { feedbackEvent, interaction } from '../support/feedback-parts.ts';
import { chromiumPath, type OpenedPage, openInChromium } from '../support/page-in-chromium.ts';

const hostile = '<img src=x onerror="document.title=1">"&\u202e';
const window = { sinceMs: Date.parse('2026-03-08'), untilMs: Date.parse('2026-03-15') };

/** Two weeks of two versions, with categories and versions that are hostile or long, and one of few users. */
async function page(): Promise<string> {
  const at = (index: number) => `2026-03-${String(1 + (index % 14)).padStart(2, '0')}T10:00:00.000Z`;
  const category = (index: number) =>
    ['maths', hostile, 'a category whose name is very long indeed'][index % 3]!;
  const events = Array.from({ length: 200 }, (_, index) => ({
    event: feedbackEvent(`e${index}`, {
      author: `a${index % 70}`,
      response_id: `r${index}`,
      at: at(index),
      category: index === 7 ? 'of one person' : category(index),
      model_version: index % 14 < 9 ? 'm1' : `m2 ${hostile}`,
      signal:
        index % 4 === 0
          ? { kind: 'thumb', thumb: 'down', comment: `wrong ${hostile}` }
          : { kind: 'thumb', thumb: 'up' },
    }),
    receivedAt: at(index),
  }));
  const interactions = Array.from({ length: 400 }, (_, index) =>
    interaction(`r${index}`, { at: at(index), session_id: `s${index}`, category: category(index) }),
  );
  return feedbackPage(feedbackStats(await tallyWindows(events, interactions, window), window));
}

describe.skipIf(chromiumPath === undefined)('the feedback page in Chromium', () => {
  let opened: OpenedPage;
  let tab: Page;

  beforeAll(async () => {
    opened = await openInChromium(await page());
    tab = opened.page;
  });
  afterAll(() => opened?.close());

  it('loads nothing but itself, runs nothing, complains of nothing', async () => {
    expect(opened.requests).toHaveLength(1);
    expect(opened.complaints).toEqual([]);
    expect(await tab.title()).toBe('Feedback');
    expect(await tab.locator('script, img, link').count()).toBe(0);
  });

  it('shows every metric, draws both breakdowns, and hostile names as text', async () => {
    const metrics = tab.locator('table').first();
    expect(await metrics.locator('tbody tr').count()).toBe(7);
    expect(await metrics.textContent()).toContain('alert < 70.0 %');
    expect(await tab.locator('figure').evaluateAll((all) => all.map(({ id }) => id))).toEqual([
      'positive-category',
      'positive-model',
    ]);
    expect(await tab.getByRole('rowheader', { name: hostile, exact: true }).count()).toBeGreaterThan(0);
    expect(await tab.content()).not.toContain('of one person');
  });

  it.each([1000, 380])('needs no sideways scrolling at %i px', async (width) => {
    await tab.setViewportSize({ width, height: 800 });
    expect(await tab.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });
});
