import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatePage } from '../../src/cli/pages/gate-page.ts';
import { hostile, hostileGate } from '../support/hostile-gate.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);

describe.skipIf(executablePath === undefined)('the gate page in Chromium', () => {
  let browser: Browser;
  let page: Page;
  let folder: string;
  const requests: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quorate-page-'));
    const { result, items } = hostileGate();
    await writeFile(join(folder, 'page.html'), gatePage(result, items));
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
    page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(pathToFileURL(join(folder, 'page.html')).href);
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('loads nothing but itself, runs nothing, complains of nothing', async () => {
    expect(requests).toHaveLength(1);
    expect(complaints).toEqual([]);
    expect(await page.title()).toBe('Evaluation gate');
    expect(await page.locator('script, img, link, a, b').count()).toBe(0);
  });

  it('tells the answer, then the worst items with both responses as text', async () => {
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
