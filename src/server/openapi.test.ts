import { Validator } from '@seriousme/openapi-schema-validator';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { feedbackServer, served, thumb } from '../../test/support/feedback-routes.ts';
import { TestServer } from '../../test/support/server-app.ts';
import type { FeedbackSignal } from '../domain/feedback-event.ts';
import { healthRoutes, openApiRoutes } from './routes/service.ts';

interface Document {
  readonly paths: Record<string, Record<string, { operationId: string; security: unknown[] }>>;
  readonly components: { readonly schemas: Record<string, object> };
}

const { modules } = feedbackServer();
const server = new TestServer(() => [
  healthRoutes,
  ...modules,
  openApiRoutes([healthRoutes, ...modules], '1.2.3'),
]);
const document = (await (await server.ask('/v1/openapi.json')).json()) as Document;

const signals: readonly FeedbackSignal[] = [
  { kind: 'thumb', thumb: 'up', comment: 'good' },
  { kind: 'stars', stars: 4 },
  { kind: 'correction', corrected: 'Two.' },
  { kind: 'comparison', other: { response_id: 'r2', response: 'Three.' }, preferred: 'this' },
  { kind: 'ranking', others: [{ response_id: 'r2', response: 'Three.' }], ranking: [['r1'], ['r2']] },
  { kind: 'comment', comment: 'thanks' },
  { kind: 'flag', flag: 'safety' },
  { kind: 'survey', answers: { helpful: 'yes', stars: 3 } },
  { kind: 'retry' },
  { kind: 'copy' },
  { kind: 'regenerate' },
  { kind: 'dwell', seconds: 3.5 },
  { kind: 'session_length', seconds: 90 },
];

describe('GET /v1/openapi.json', () => {
  it('is valid OpenAPI 3.1', async () => {
    const result = await new Validator().validate({ ...structuredClone(document) });
    expect(result.errors).toBeUndefined();
    expect(result.valid).toBe(true);
    expect(document).toMatchObject({ openapi: '3.1.1', info: { version: '1.2.3' } });
  });

  it('describes every route, and which ones require a token', () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    expect(
      Object.fromEntries(operations.map(({ operationId, security }) => [operationId, security.length])),
    ).toEqual({
      health: 0,
      openapi: 0,
      addInteractions: 1,
      getInteraction: 1,
      addFeedback: 1,
      listFeedback: 1,
    });
  });

  it('has no dangling reference', () => {
    const references = [...JSON.stringify(document).matchAll(/#\/components\/schemas\/(\w+)/g)].map(
      (match) => match[1]!,
    );
    expect(references.length).toBeGreaterThan(5);
    for (const name of references) expect(document.components.schemas).toHaveProperty(name);
  });
});

describe('its schemas', () => {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'api', ...document });
  const validate = (name: string, value: unknown) =>
    ajv.validate({ $ref: `api#/components/schemas/${name}` }, value) as boolean;

  it.each(signals)('accept a $kind with its context, or with its response_id alone', (signal) => {
    const { kind: _kind, thumb: _thumb, ...context } = thumb;
    const { id, response_id } = thumb;
    expect(validate('FeedbackRequest', { ...context, ...signal })).toBe(true);
    expect(validate('FeedbackRequest', { id, response_id, ...signal })).toBe(true);
    expect(validate('FeedbackRequest', { response_id, ...signal })).toBe(false);
    expect(validate('FeedbackRequest', { ...context, ...signal, extra: 1 })).toBe(false);
  });

  it('accept an interaction', () => {
    expect(validate('Interaction', served)).toBe(true);
    expect(validate('Interaction', { ...served, query: undefined })).toBe(false);
  });

  it('describe the responses of the server', async () => {
    const { server: live } = feedbackServer();
    const token = await live.token();
    const batch = await (await live.post('/v1/feedback', token, [thumb, {}])).json();
    expect(validate('BatchResult', batch)).toBe(true);
    const refused = await (await live.post('/v1/feedback', token, {})).json();
    expect(validate('Problem', refused)).toBe(true);
  });
});
