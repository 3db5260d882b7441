import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectAnswers } from '../../src/analysis/agreement/collect-answers.ts';
import { measureAgreement } from '../../src/analysis/agreement/measure-agreement.ts';
import type { Vote } from '../../src/domain/vote.ts';
import { agreementPage } from '../../src/reports/agreement-page.ts';
import { agreementFigures } from '../../src/reports/figures/agreement-figures.ts';
import { svgFile } from '../../src/reports/figures/figure.ts';
import { seededRandom } from '../../src/stats/random.ts';
import { chromiumPath, type OpenedPage, openInChromium } from '../support/page-in-chromium.ts';

const hostile = '<img src=x onerror="document.title=1">"&\u202e';

/** Judges with long and hostile names, abstentions by category, and authors, so that every figure is drawn. */
async function report() {
  const random = seededRandom('page');
  const raters = [
    hostile,
    'some-provider/a-very-long-model-name-2026-01-01/with-a-rubric-that-has-a-name',
    'gpt-x',
    'mute',
  ];
  const votes: Vote[] = [];
  const labels: Vote[] = [];
  for (let item = 0; item < 40; item += 1) {
    const base = { item: `q${item}`, kind: 'pairwise' } as const;
    labels.push({
      ...base,
      rater: 'gold',
      rater_kind: 'gold',
      shown: ['a', 'b'],
      outcome: 'verdict',
      preferred: 'a',
    });
    raters.forEach((rater, skill) => {
      for (const shown of [
        ['a', 'b'],
        ['b', 'a'],
      ] as const) {
        const spoke = rater !== 'mute' && random() > 0.1;
        const preferred = random() < 0.55 + skill * 0.15 ? 'a' : 'b';
        const opinion = spoke
          ? ({ outcome: 'verdict', preferred } as const)
          : ({ outcome: 'abstain' } as const);
        votes.push({ ...base, rater, rater_kind: 'llm', model: 'gpt-x', shown, ...opinion });
      }
    });
  }
  const items = Array.from({ length: 40 }, (_, item) => ({
    id: `q${item}`,
    prompt: null,
    category: item % 2 ? 'maths' : hostile,
    candidates: [
      { id: 'a', text: 'longer text', model: 'gpt-x' },
      { id: 'b', text: item % 3 ? 'short' : 'a text of more length', model: 'other' },
    ],
  }));
  const book = await collectAnswers({ votes, items, labels });
  return measureAgreement(book, { seed: 1, replicates: 100, epsilon: 0.2, falseDiscoveryRate: 0.05 });
}

describe.skipIf(chromiumPath === undefined)('the agreement page in Chromium', () => {
  let opened: OpenedPage;
  let page: Page;

  beforeAll(async () => {
    opened = await openInChromium(agreementPage(await report()));
    page = opened.page;
  });
  afterAll(() => opened?.close());

  it('loads nothing but itself, runs nothing, complains of nothing', async () => {
    expect(opened.requests).toHaveLength(1);
    expect(opened.complaints).toEqual([]);
    expect(await page.title()).toBe('Agreement of raters');
    expect(await page.locator('script, img, link').count()).toBe(0);
  });

  it('draws every figure and shows hostile names as text', async () => {
    expect(await page.locator('figure').evaluateAll((all) => all.map(({ id }) => id))).toEqual([
      'accuracy',
      'bias',
      'reliability',
      'accuracy-coverage',
      'kappa',
      'abstention',
    ]);
    expect(await page.locator('table').first().textContent()).toContain('Krippendorff');
    expect(await page.getByRole('rowheader', { name: hostile, exact: true }).count()).toBeGreaterThan(0);
  });

  it.each([1000, 380])('cuts no label off and needs no sideways scrolling at %i px', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    const cut = await page.locator('svg.figure').evaluateAll((figures) =>
      figures.flatMap((figure) => {
        const frame = figure.getBoundingClientRect();
        return [...figure.querySelectorAll('text')].flatMap((text) => {
          const box = text.getBoundingClientRect();
          const inside =
            box.left >= frame.left - 1 &&
            box.right <= frame.right + 1 &&
            box.top >= frame.top - 1 &&
            box.bottom <= frame.bottom + 1;
          return inside ? [] : [text.textContent];
        });
      }),
    );
    expect(cut).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  it('turns dark with the screen and stays light on paper', async () => {
    // expressions as text: the tests are not compiled with the browser's types
    const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const ink = () => page.evaluate('getComputedStyle(document.querySelector("svg.figure text")).fill');
    await page.emulateMedia({ colorScheme: 'dark' });
    expect([await background(), await ink()]).toEqual(['rgb(22, 22, 22)', 'rgb(236, 236, 236)']);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await ink()).toBe('rgb(27, 27, 27)');
  });

  it('writes SVG files that stand by themselves', async () => {
    for (const figure of agreementFigures(await report())) {
      const parsed = await page.evaluate(`(() => {
        const parsed = new DOMParser().parseFromString(${JSON.stringify(svgFile(figure))}, 'image/svg+xml');
        return [parsed.documentElement.nodeName, parsed.querySelector('parsererror')?.textContent ?? null];
      })()`);
      expect(parsed).toEqual(['svg', null]);
    }
  });
});
