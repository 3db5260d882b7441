import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatePage } from '../../src/reports/gate-page.ts';
import { hostile, hostileGate } from '../support/hostile-gate.ts';
import { chromiumPath, type OpenedPage, openInChromium } from '../support/page-in-chromium.ts';

describe.skipIf(chromiumPath === undefined)('the gate page in Chromium', () => {
  let opened: OpenedPage;
  let page: Page;

  beforeAll(async () => {
    const { result, items } = hostileGate();
    opened = await openInChromium(gatePage(result, items));
    page = opened.page;
  });
  afterAll(() => opened?.close());

  it('loads no other resource, runs no script, logs no error', async () => {
    expect(opened.requests).toHaveLength(1);
    expect(opened.complaints).toEqual([]);
    expect(await page.title()).toBe('Evaluation gate');
    expect(await page.locator('script, img, link, a, b').count()).toBe(0);
  });

  it('shows the answer, then the worst items with both responses as text', async () => {
    expect(await page.locator('h1').textContent()).toMatch(/^FAIL: new/);
    const first = page.locator('#regressions details').first();
    await first.locator('summary').click();
    expect(await first.locator('pre').allTextContents()).toHaveLength(3);
    expect(await first.locator('pre').nth(1).textContent()).toContain('</details><script>');
    expect(await page.locator('#regressions summary').first().textContent()).toContain(hostile.id);
  });

  it.each([1000, 380])('needs no sideways scrolling of the page at %i px', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    const [scroll, client] = await page
      .locator('html')
      .evaluate((html) => [html.scrollWidth, html.clientWidth]);
    expect(scroll).toBeLessThanOrEqual(client!);
  });
});
