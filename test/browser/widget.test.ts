import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FeedbackEvent } from '../../src/domain/feedback-event.ts';
import { chromiumPath } from '../support/page-in-chromium.ts';
import { type ServeProcess, startServe } from '../support/serve-process.ts';
import { Workspace } from '../support/workspace.ts';

const built = new URL('../../dist/widget/quorate-widget.js', import.meta.url);
const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

describe.skipIf(!existsSync(built))('the built widget', () => {
  it('is at most 4,096 bytes and needs nothing else', () => {
    const script = readFileSync(built);
    expect(script.length).toBeLessThanOrEqual(4096);
    expect(gzipSync(script, { level: 9 }).length).toBeLessThan(2300);
    expect(script.toString()).not.toMatch(
      /\b(import|require)\b|document\.cookie|\beval\b|new Function|innerHTML/,
    );
  });
});

const served = {
  session_id: 's1',
  query_id: 'q1',
  query: 'How many moons has Mars?',
  response: 'Two: Phobos and Deimos.',
  model_version: 'm1',
  settings: {},
  source: 'chat',
};

describe.skipIf(chromiumPath === undefined || !existsSync(built))('the widget in Chromium', () => {
  let workspace: Workspace;
  let api: ServeProcess;
  let app: Server;
  let origin: string;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let readToken: string;
  let pageKey: string;
  let markup = '';
  let response = 0;
  const complaints: string[] = [];

  beforeAll(async () => {
    workspace = new Workspace();
    // the application: another origin than the server, with a policy that allows neither inline script nor style
    app = createServer((_, answer) => {
      answer.setHeader(
        'Content-Security-Policy',
        `default-src 'none'; script-src ${api.url}; connect-src ${api.url}; base-uri 'none'`,
      );
      answer.setHeader('Content-Type', 'text/html; charset=utf-8');
      answer.end(`<!doctype html><html lang="en"><title>App</title><main><h1>Chat</h1>${markup}</main>`);
    }).listen(0, '127.0.0.1');
    await once(app, 'listening');
    origin = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
    const token = async (...flags: string[]) =>
      (await workspace.quorate(['tokens', 'create', ...flags])).out.trim();
    pageKey = await token('--scope', 'ingest', '--origin', origin);
    readToken = await token('--scope', 'read', '--scope', 'ingest');
    api = await startServe(workspace);
    browser = await chromium.launch({ executablePath: chromiumPath!, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    await api?.stop('SIGTERM');
    app?.close();
    workspace?.remove();
  });

  /** A new page with a response without a judgement, and the widget beside it. */
  beforeEach(async () => {
    await context?.close();
    response += 1;
    complaints.length = 0;
    await record(`r${response}`);
    context = await browser.newContext();
    page = await context.newPage();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
  });

  async function record(id: string, text = served.response): Promise<void> {
    const body = { ...served, response: text, response_id: id, at: new Date().toISOString() };
    const answer = await fetch(`${api.url}/v1/interactions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${readToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(201);
  }

  async function show(attributes = '', script = ''): Promise<void> {
    const integrity = api.said.find(({ event }) => event === 'listening')?.widget_integrity;
    markup = `<p id="answer">Two: Phobos and Deimos.</p>
      <quorate-feedback response="r${response}" ${attributes}></quorate-feedback>
      <script src="${api.url}/widget.js" crossorigin integrity="${integrity}" data-key="${pageKey}" ${script}></script>`;
    await page.goto(origin);
  }

  /** The events about this test's response, once there are so many. */
  async function events(count = 1): Promise<FeedbackEvent[]> {
    const about: FeedbackEvent[] = [];
    await expect
      .poll(
        async () => {
          const answer = await fetch(`${api.url}/v1/feedback?limit=1000`, {
            headers: { authorization: `Bearer ${readToken}` },
          });
          const { events: all } = (await answer.json()) as { events: FeedbackEvent[] };
          about.splice(0, about.length, ...all.filter((event) => event.response_id === `r${response}`));
          return about.length;
        },
        { timeout: 10_000 },
      )
      .toBe(count);
    return about;
  }

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const status = () => page.getByRole('status').textContent();

  it('makes an event of one click, from another origin, under a strict policy', async () => {
    await show();
    await button('Good response').click();
    const [event] = await events();
    expect(event).toMatchObject({
      ...served,
      kind: 'thumb',
      thumb: 'up',
      author_kind: 'end_user',
      author: expect.stringMatching(/^k1:/),
    });
    expect(await status()).toBe('Thank you');
    expect(await button('Good response').getAttribute('aria-pressed')).toBe('true');
    await button('Bad response').click();
    const [first, second] = await events(2);
    expect([first, second]).toMatchObject([{ superseded_by: second!.id }, { thumb: 'down' }]);
    expect(await button('Good response').getAttribute('aria-pressed')).toBe('false');
    expect(complaints).toEqual([]);
    expect(await context.cookies()).toEqual([]);
    expect(await page.evaluate('Object.keys(localStorage).map((key) => localStorage[key])')).toEqual(['[]']);
  });

  it('does everything with the keyboard alone', async () => {
    await record(`r${response}b`, 'Three.');
    await show(`for="answer" signals="thumb stars edit flag comment comparison" other="r${response}b"`);
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const focus = async (name: string) => {
      const reached: unknown[] = [];
      for (let tabs = 0; tabs < 30; tabs += 1) {
        await press('Tab');
        const focused = await page.evaluate(`(() => {
          const focused = document.querySelector('quorate-feedback').shadowRoot.activeElement;
          return focused?.ariaLabel ?? focused?.textContent;
        })()`);
        if (focused === name) return;
        reached.push(focused);
      }
      throw new Error(`the keyboard never reached ${name}: ${reached.join()}`);
    };
    await focus('Bad response');
    await press('Enter');
    await focus('4 of 5 stars');
    await press('Space');
    await focus('Edit response');
    await press('Enter', 'Control+A');
    await page.keyboard.type('Two moons.');
    await focus('Send');
    await press('Enter');
    await focus('Report a problem');
    await press('Enter', 'ArrowDown', 'Tab');
    await page.keyboard.type('It is wrong.');
    await press('Tab', 'Enter');
    await focus('Comment');
    await press('Enter');
    await page.keyboard.type('<b>Nice</b> try');
    await press('Tab', 'Enter');
    await focus('Second is better');
    await press('Enter');
    expect(await events(6)).toMatchObject([
      { kind: 'thumb', thumb: 'down' },
      { kind: 'stars', stars: 4 },
      { kind: 'correction', corrected: 'Two moons.' },
      { kind: 'flag', flag: 'accuracy', comment: 'It is wrong.' },
      { kind: 'comment', comment: '<b>Nice</b> try' },
      {
        kind: 'comparison',
        preferred: 'other',
        other: { response_id: `r${response}b`, response: 'Three.', model_version: 'm1' },
      },
    ]);
    expect(complaints).toEqual([]);
  });

  it('puts the response back when an edit is given up', async () => {
    await show('for="answer" signals="edit"');
    await button('Edit response').click();
    await page.keyboard.type('Nonsense. ');
    await button('Cancel').click();
    expect(await page.locator('#answer').textContent()).toBe('Two: Phobos and Deimos.');
    expect(await page.locator('#answer').getAttribute('role')).toBeNull();
    expect(await page.locator('#answer').evaluate((element) => element.isContentEditable)).toBe(false);
  });

  it('asks a survey on demand, and sends any other signal for the page', async () => {
    await show();
    const widget = page.locator('quorate-feedback');
    await widget.evaluate((element) =>
      (element as unknown as { survey(questions: object): void }).survey({
        helpful: ['Was it helpful?', 'yes', 'no'],
        why: 'Why?',
      }),
    );
    await page.getByLabel('Was it helpful?').selectOption('no');
    await page.getByLabel('Why?').fill('Too short');
    await button('Send').click();
    const others = [
      { kind: 'retry' },
      { kind: 'copy' },
      { kind: 'regenerate' },
      { kind: 'dwell', seconds: 2.5 },
      { kind: 'session_length', seconds: 90 },
      { kind: 'ranking', others: [{ response_id: 'r1' }], ranking: [['r1'], [`r${response}`]] },
    ];
    for (const signal of others)
      await widget.evaluate(
        (element, sent) => (element as unknown as { send(signal: object): void }).send(sent),
        signal,
      );
    const all = await events(7);
    expect(all[0]).toMatchObject({ kind: 'survey', answers: { helpful: 'no', why: 'Too short' } });
    expect(all.slice(1).map(({ kind }) => kind)).toEqual(others.map(({ kind }) => kind));
  });

  it('has no accessibility violation that axe finds, whatever is open', async () => {
    await record(`r${response}b`);
    await show(`for="answer" signals="thumb stars edit flag comment comparison" other="r${response}b"`);
    const violations = async () => {
      // as a browser extension would: the policy of the page stays as it is
      const session = await context.newCDPSession(page);
      const run = `${axe};axe.run().then(({ violations }) => JSON.stringify(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])))`;
      const { result } = await session.send('Runtime.evaluate', { expression: run, awaitPromise: true });
      return JSON.parse(String(result.value)) as unknown[];
    };
    expect(await violations()).toEqual([]);
    for (const name of ['Edit response', 'Report a problem', 'Comment']) {
      await button(name).click();
      expect(await violations()).toEqual([]);
    }
    const tree = await page.locator('quorate-feedback').ariaSnapshot();
    expect(tree).toContain('group "Rate this response"');
    expect(tree).toContain('button "Good response"');
    expect(tree).toContain('status');
  });

  it('says its words in the language of the page', async () => {
    await show('', `data-labels='{"Good response":"Gute Antwort","Thank you":"Danke"}'`);
    await button('Gute Antwort').click();
    expect(await status()).toBe('Danke');
    await events();
  });

  it('keeps an event while the server is away, beyond the end of the page, and sends it once', async () => {
    await show();
    const feedback = `${api.url}/v1/feedback`;
    let failures = 0;
    await page.route(feedback, (route) => {
      failures += 1;
      return failures % 2 ? route.abort() : route.fulfill({ status: 503 });
    });
    await button('Good response').click();
    expect(await status()).toBe('Thank you');
    await expect.poll(() => failures, { timeout: 10_000 }).toBeGreaterThan(1);
    await page.unroute(feedback);
    await show();
    const [event] = await events();
    await page.reload();
    expect((await events())[0]!.id).toBe(event!.id);
  });

  it('sends the same event again when the answer was lost, and it counts once', async () => {
    await show();
    let lost = false;
    await page.route(`${api.url}/v1/feedback`, async (route) => {
      if (lost || route.request().method() !== 'POST') return route.continue();
      lost = true;
      await route.fetch();
      return route.abort();
    });
    await button('Good response').click();
    await expect
      .poll(() => page.evaluate('localStorage[Object.keys(localStorage)[0]]'), { timeout: 10_000 })
      .toBe('[]');
    expect(lost).toBe(true);
    await events(1);
  });

  it('lets an event arrive when the page ends right after the click', async () => {
    await show();
    await button('Good response').click({ noWaitAfter: true });
    await page.close();
    await events();
  });

  it('uses the clock of the server where the own one is wrong', async () => {
    await page.clock.setFixedTime(new Date('2090-01-01T00:00:00Z'));
    await show();
    await button('Good response').click();
    const [event] = await events();
    expect(Math.abs(Date.parse(event!.at) - Date.now())).toBeLessThan(60_000);
  });

  it('says when an event cannot be saved', async () => {
    await page.addInitScript(
      "addEventListener('DOMContentLoaded', () => document.querySelector('quorate-feedback').setAttribute('response', 'nobody knows'))",
    );
    await show();
    await button('Good response').click();
    await expect.poll(status).toBe('This could not be saved');
    await events(0);
  });
});
