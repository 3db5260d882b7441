import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { interceptFetch } from '../../test/support/intercept-fetch.ts';
import { specOf } from '../../test/support/judge-parts.ts';
import type { Job } from '../domain/job.ts';
import { ModelEndpoints } from './open-endpoints.ts';
import { openJudges } from './open-judges.ts';

const baseUrl = 'http://models.example:8000/v1';
const network = interceptFetch();

async function open(changes: Parameters<typeof specOf>[0] = {}) {
  const judge = specOf({ provider: 'openai-compatible', baseUrl, optional: true, ...changes });
  const endpoints = new ModelEndpoints({ env: {}, concurrency: 1, seed: 0 });
  const { judges, absent } = await openJudges({ panel: [judge] } as unknown as Job, endpoints, {});
  return { present: judges.map(({ spec }) => spec.id), absent };
}
const reply = (status: number, headers = {}) =>
  network.use(http.get(`${baseUrl}/models`, () => new HttpResponse('{}', { status, headers })));

describe('an optional judge behind a server', () => {
  it.each([200, 204, 401, 403])('joins the panel where /models answers with status %i', async (status) => {
    network.use(http.get(`${baseUrl}/models`, () => new HttpResponse(null, { status })));
    expect(await open()).toEqual({ present: ['judge'], absent: [] });
  });

  it.each([400, 404, 405, 500, 502, 503])('is left out where it answers with status %i', async (status) => {
    reply(status);
    expect(await open()).toEqual({ present: [], absent: [`judge: no model server at ${baseUrl}`] });
  });

  it.each([301, 302, 307, 308])('is left out where it redirects with status %i', async (status) => {
    reply(status, { location: 'http://other.example/' });
    expect((await open()).present).toEqual([]);
  });

  it('is left out where the connection fails', async () => {
    network.use(http.get(`${baseUrl}/models`, () => HttpResponse.error()));
    expect((await open()).present).toEqual([]);
  });

  it('is asked at one address whether or not the base URL ends with a slash', async () => {
    reply(200);
    expect((await open({ baseUrl: `${baseUrl}/` })).present).toEqual(['judge']);
  });

  it('is left out without its key, before anything is asked', async () => {
    expect(await open({ keyEnv: 'JUDGE_KEY' })).toEqual({
      present: [],
      absent: ['judge: JUDGE_KEY is not set'],
    });
  });
});
