import { createHmac } from 'node:crypto';
import { delay, HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { interceptFetch } from '../../../test/support/intercept-fetch.ts';
import { VirtualClock } from '../../../test/support/virtual-clock.ts';
import type { Alert } from '../../domain/routing.ts';
import { openWebhook } from './webhook-notifier.ts';

const url = 'https://hooks.example/alerts';
const alert: Alert = {
  id: 'a1',
  kind: 'safety',
  event: 'e1',
  response_id: 'r1',
  model_version: 'm1',
  source: 'widget',
  at: '2026-03-15T10:00:00Z',
  from: 'flag',
  confidence: 1,
  query: 'bleach',
  response: 'drink it',
  comment: null,
};

describe('openWebhook', () => {
  const network = interceptFetch();
  const clock = new VirtualClock();
  const webhook = openWebhook({ url, secret: 'shared', timeoutMs: 5_000, clock });
  const notify = (signal = new AbortController().signal) => webhook.notify(alert, { signal });

  it('posts the alert, signed over id, time in seconds and the exact body', async () => {
    let seen: { headers: Headers; body: string } | undefined;
    network.use(
      http.post(url, async ({ request }) => {
        seen = { headers: request.headers, body: await request.text() };
        return new HttpResponse('thanks', { status: 202 });
      }),
    );
    await clock.run(90_500);
    await notify();
    const { headers, body } = seen!;
    expect(JSON.parse(body)).toEqual(alert);
    expect(headers.get('content-type')).toBe('application/json');
    expect([headers.get('webhook-id'), headers.get('webhook-timestamp')]).toEqual(['a1', '90']);
    const signature = createHmac('sha256', 'shared').update(`a1.90.${body}`).digest('base64');
    expect(headers.get('webhook-signature')).toBe(`v1,${signature}`);
  });

  it.each([400, 401, 404, 410, 429, 500, 503])('fails on status %i', async (status) => {
    network.use(http.post(url, () => new HttpResponse('no', { status })));
    await expect(notify()).rejects.toThrow(`the webhook answered ${status}`);
  });

  it.each([301, 302, 303, 307, 308])('does not follow a redirect with status %i', async (status) => {
    let followed = false;
    network.use(
      http.post(
        url,
        () => new HttpResponse(null, { status, headers: { location: 'https://other.example/' } }),
      ),
      http.all('https://other.example/', () => {
        followed = true;
        return new HttpResponse(null, { status: 200 });
      }),
    );
    await expect(notify()).rejects.toThrow();
    expect(followed).toBe(false);
  });

  it('fails where the connection fails', async () => {
    network.use(http.post(url, () => HttpResponse.error()));
    await expect(notify()).rejects.toThrow();
  });

  it('stops waiting when the caller gives up', async () => {
    const caller = new AbortController();
    network.use(
      http.post(url, async () => {
        caller.abort(new Error('shutting down'));
        await delay('infinite');
        return new HttpResponse(null, { status: 200 });
      }),
    );
    await expect(notify(caller.signal)).rejects.toThrow('shutting down');
  });
});
