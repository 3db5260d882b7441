import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HttpResponse, http } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { down, storedEvent } from '../../../test/support/feedback-event.ts';
import { interceptFetch } from '../../../test/support/intercept-fetch.ts';
import { tempFolder } from '../../../test/support/temp-folder.ts';
import { VirtualClock } from '../../../test/support/virtual-clock.ts';
import { openAlertLog } from '../../connectors/log/alert-log.ts';
import { openWebhook } from '../../connectors/webhook/webhook-notifier.ts';
import { type Alert, defaultActionRules } from '../../domain/routing.ts';
import { openSqliteAlertOutbox } from '../../store/sqlite/sqlite-alert-outbox.ts';
import { understandFeedback } from '../understanding/understand-feedback.ts';
import { alertOf, openAlertDispatcher } from './alert-dispatcher.ts';
import { routeIssues } from './route-issues.ts';

const at = '2026-03-15T10:00:00Z';
const wrongYear = (id: string, more = {}) =>
  storedEvent(id, { ...down, comment: 'the year of the merger is wrong' }, more);

describe('routeIssues', () => {
  const issuesOf = async (events: Parameters<typeof understandFeedback>[0]) =>
    (await understandFeedback(events, { at })).issues;

  it('routes each kind of complaint to its action', async () => {
    const items = routeIssues(
      await issuesOf([
        ...['a', 'b', 'c', 'd', 'e'].map((id) => wrongYear(id)),
        storedEvent('s', { kind: 'flag', flag: 'safety' }, { query: 'bleach' }),
        storedEvent('g', { ...down, comment: 'missing the refund policy' }),
        storedEvent('f', { ...down, comment: 'invalid JSON' }),
        storedEvent('w', { kind: 'comment', comment: 'would be nice to have a dark mode' }),
        storedEvent('l', { ...down, comment: 'Napoleon was not born in 1800, wrong' }, { query: 'Napoleon' }),
      ]),
      defaultActionRules,
      [],
    );
    const action = Object.fromEntries(items.map((item) => [item.evidence.events[0], item.action]));
    expect(action).toEqual({
      a: 'fine_tuning',
      s: 'guardrail',
      g: 'rag_index',
      f: 'prompt',
      w: 'backlog',
      l: 'backlog',
    });
  });

  it('updates an existing item, and reopens it on new events', async () => {
    const first = ['a', 'b', 'c', 'd', 'e'].map((id) => wrongYear(id));
    const [item] = routeIssues(await issuesOf(first), defaultActionRules, []);
    const done = { ...item!, status: 'done' as const };
    expect(routeIssues(await issuesOf(first), defaultActionRules, [done])).toEqual([done]);
    // an earlier event arrives late: the issue id changes, the item id does not
    const more = [wrongYear('z', { at: '2026-02-01T00:00:00.000Z' }), ...first];
    const [late] = routeIssues(await issuesOf(more), defaultActionRules, [done]);
    expect(late).toMatchObject({ id: item!.id, status: 'done', counts: { events: 6 } });
    const again = [...first, wrongYear('n', { at: '2026-03-10T00:00:00.000Z' })];
    expect(routeIssues(await issuesOf(again), defaultActionRules, [done])).toMatchObject([
      { id: item!.id, status: 'open', reopened: 1 },
    ]);
    const dismissed = { ...item!, status: 'dismissed' as const };
    expect(routeIssues(await issuesOf(again), defaultActionRules, [dismissed])[0]?.status).toBe('dismissed');
    expect(routeIssues([], defaultActionRules, [done])).toEqual([done]);
  });

  it('leaves out issues without a matching rule', async () => {
    expect(
      routeIssues(await issuesOf([wrongYear('a')]), [{ action: 'guardrail', categories: ['safety'] }], []),
    ).toEqual([]);
  });
});

describe('alertOf', () => {
  it('detects clicked reasons and clear words, without personal data', () => {
    const alert = alertOf(
      storedEvent(
        'e',
        { kind: 'flag', flag: 'safety', comment: 'it told my e-mail ann@example.org' },
        { query: 'call +49 30 901820' },
      ).event,
    );
    expect(alert).toMatchObject({ kind: 'safety', event: 'e', from: 'flag' });
    expect(JSON.stringify(alert)).not.toMatch(/ann@example|901820/);
    expect(
      alertOf(storedEvent('e', { ...down, comment: 'dangerous and harmful advice' }).event),
    ).not.toBeNull();
    expect(alertOf(wrongYear('e').event)).toBeNull();
  });
});

describe('the alert dispatcher', () => {
  let folder: string;
  const danger = ['e1', 'e2'].map((id) => storedEvent(id, { kind: 'flag', flag: 'safety' }).event);

  beforeEach(() => {
    folder = tempFolder();
  });

  const network = interceptFetch();
  const outbox = () => openSqliteAlertOutbox(join(folder, 'alerts.db'));

  it('delivers each alert once, signed, and retries failures, also after a restart', async () => {
    const clock = new VirtualClock();
    const url = 'https://hooks.example/alerts';
    const received: { headers: Headers; body: string }[] = [];
    let status = 503;
    network.use(
      http.post(url, async ({ request }) => {
        if (status === 200) received.push({ headers: request.headers, body: await request.text() });
        return new HttpResponse(null, { status });
      }),
    );
    const webhook = openWebhook({ url, secret: 'shared', timeoutMs: 5_000, clock });
    const log = openAlertLog(join(folder, 'alerts.jsonl'));

    const dispatcher = openAlertDispatcher({ outbox: outbox(), notifiers: [webhook, log], clock });
    expect(await dispatcher.raise(danger)).toBe(2);
    expect(await dispatcher.raise(danger)).toBe(0);
    expect(await dispatcher.deliver()).toEqual({ sent: 2, failed: 2, waiting: 2 });
    await dispatcher.close();

    status = 200;
    const later = openAlertDispatcher({ outbox: outbox(), notifiers: [webhook, log], clock });
    expect((await later.deliver()).sent).toBe(0);
    await clock.run(60_000);
    expect(await later.deliver()).toEqual({ sent: 2, failed: 0, waiting: 0 });
    expect((await later.deliver()).sent).toBe(0);
    await later.close();

    expect(received).toHaveLength(2);
    for (const { headers, body } of received) {
      const signed = `${headers.get('webhook-id')}.${headers.get('webhook-timestamp')}.${body}`;
      const expected = createHmac('sha256', 'shared').update(signed).digest('base64');
      expect(headers.get('webhook-signature')).toBe(`v1,${expected}`);
      expect((JSON.parse(body) as Alert).id).toBe(headers.get('webhook-id'));
    }
    const lines = readFileSync(join(folder, 'alerts.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as Alert).event)).toEqual(['e1', 'e2']);
  });
});
