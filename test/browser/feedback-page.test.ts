import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { feedbackPage } from '../../src/cli/pages/feedback-page.ts';
import { feedbackStats } from '../../src/feedback/metrics/feedback-stats.ts';
import { tallyWindows } from '../../src/feedback/metrics/tally-windows.ts';
import { feedbackEvent, interaction } from '../support/feedback-parts.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);
const hostile = '<img src=x onerror="document.title=1">"&\u202e';
const window = { sinceMs: Date.parse('2026-03-08'), untilMs: Date.parse('2026-03-15') };

/** Two weeks of two versions, with categories and versions that are hostile or long, and one of few people. */
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

describe.skipIf(executablePath === undefined)('the feedback page in Chromium', () => {
  let browser: Browser;
  let tab: Page;
  let folder: string;
  const requests: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quorate-page-'));
    await writeFile(join(folder, 'page.html'), await page());
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
    tab = await browser.newPage({ viewport: { width: 1000, height: 800 } });
    tab.on('request', (request) => requests.push(request.url()));
    tab.on('console', (message) => complaints.push(message.text()));
    tab.on('pageerror', (error) => complaints.push(error.message));
    await tab.goto(pathToFileURL(join(folder, 'page.html')).href);
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('loads nothing but itself, runs nothing, complains of nothing', async () => {
    expect(requests).toHaveLength(1);
    expect(complaints).toEqual([]);
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
