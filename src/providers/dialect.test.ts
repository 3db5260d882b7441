import { describe, expect, it } from 'vitest';
import { requestOf, verdictSchema } from '../../test/support/chat-model.ts';
import type { ChatRequest } from '../ports/chat-model.ts';
import { chatCompletionsBody } from './chat-completions-body.ts';
import { Dialect } from './dialect.ts';
import { toProviderError } from './to-provider-error.ts';

const asked = {
  provider: 'p',
  model: 'qwen3-thinking',
  baseUrl: 'http://x/v1',
  keyEnv: null,
  secret: undefined,
};
const style = { model: 'plain', tokensName: 'max_tokens', thinkersRefuseSampling: false } as const;

type Body = Record<string, unknown> & { messages: { role: string; content: string }[] };
/** Null: the server answers. */
type Server = (body: Body) => { readonly status: number; readonly message: string } | null;

/** A judge's dialect with a server behind it that refuses in its own way. */
function talk(server: Server) {
  const dialect = new Dialect();
  const bodies: Body[] = [];
  const ask = (request: ChatRequest) =>
    dialect.speak(async (sent) => {
      const body = chatCompletionsBody(request, style, sent) as unknown as Body;
      bodies.push(body);
      await Promise.resolve();
      const refusal = server(body);
      if (refusal === null) return { body, adapted: sent.adapted() };
      const { status, message } = refusal;
      throw toProviderError({ status, error: { error: { message } } }, asked, 0);
    });
  return { ask, bodies };
}

const full = requestOf('Which?', {
  messages: [
    { role: 'system', content: 'You judge.' },
    { role: 'user', content: 'Which?' },
  ],
  schema: verdictSchema,
  temperature: 0,
  topP: 0.9,
  seed: 1,
  topLogprobs: 5,
});
const no = (status: number, message: string) => ({ status, message });
const has = (key: string) => (body: Body) => key in body;
const hasSystem = (body: Body) => body.messages.some(({ role }) => role === 'system');
const hasSchema = (body: Body) =>
  (body.response_format as { type?: string } | undefined)?.type === 'json_schema';

/** How servers refuse a setting, in their own words and under their own status. */
const refusals: readonly (readonly [string, (body: Body) => boolean, number, string])[] = [
  ['system', hasSystem, 400, 'System role not supported'],
  ['system', hasSystem, 500, 'Only user and assistant roles are supported!'],
  ['system', hasSystem, 500, 'Conversation roles must alternate user/assistant/user/assistant/...'],
  ['system', hasSystem, 400, 'Developer instruction is not enabled for models/gemma'],
  ['system', hasSystem, 400, "'messages[0].role' does not support 'system' with this model."],
  ['system', hasSystem, 422, 'Only user, assistant and tool roles are supported, got system.'],
  ['schema', hasSchema, 400, "'response_format' of type 'json_schema' is not supported with this model"],
  ['schema', hasSchema, 500, 'failed to parse grammar'],
  ['schema', hasSchema, 500, 'failed to load model vocabulary required for format'],
  ['schema', hasSchema, 404, 'no endpoints found that can handle structured outputs'],
  ['schema', hasSchema, 400, 'Bad Request'],
  ['logprobs', has('logprobs'), 403, 'You are not allowed to request logprobs from this model'],
  ['logprobs', has('logprobs'), 400, 'logprobs are not supported by reasoning models'],
  ['logprobs', has('top_logprobs'), 422, 'Unknown parameter: top_logprobs'],
  ['temperature', has('temperature'), 400, "Unsupported value: 'temperature' does not support 0"],
  ['top_p', has('top_p'), 400, '`temperature` is set; top_p cannot be'],
  ['seed', has('seed'), 422, 'Extra inputs are not permitted: seed'],
  ['seed', has('seed'), 400, "Unknown name 'seed': cannot find field"],
  ['max_tokens', has('max_tokens'), 400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens'."],
];

describe('a dialect', () => {
  it.each(refusals)(
    'does without %s where it is refused, and remembers',
    async (_name, sends, status, message) => {
      const { ask, bodies } = talk((body) => (sends(body) ? no(status, message) : null));
      await ask(full);
      // a fault that says nothing may be chance: it has to happen twice
      await ask(full);
      const tried = bodies.length;
      const { body } = await ask(full);
      expect(bodies.length).toBe(tried + 1);
      expect(sends(body)).toBe(false);
      expect(tried).toBeLessThanOrEqual(6);
    },
  );

  it('names what it did without, by the names of a job', async () => {
    const { ask } = talk((body) =>
      hasSystem(body) || 'seed' in body || 'max_tokens' in body
        ? no(400, `${hasSystem(body) ? 'system role' : 'seed' in body ? 'seed' : 'max_tokens'} not supported`)
        : null,
    );
    const { adapted, body } = await ask(full);
    expect(adapted).toEqual(['system', 'max_tokens', 'seed']);
    expect(body.messages).toEqual([
      { role: 'user', content: expect.stringMatching(/^You judge\.\n\nWhich\?/) },
    ]);
    expect(body.max_completion_tokens).toBe(full.maxTokens);
  });

  it('leaves out at once all that a list of unknown fields names', async () => {
    const { ask, bodies } = talk((body) =>
      'seed' in body || 'logprobs' in body
        ? no(422, 'extra_forbidden: seed; extra_forbidden: logprobs')
        : null,
    );
    await ask(full);
    expect(bodies.length).toBe(2);
  });

  it('asks for a JSON object before it asks in words only', async () => {
    const { ask } = talk((body) => (hasSchema(body) ? no(400, 'json_schema is not supported') : null));
    expect((await ask(full)).body.response_format).toEqual({ type: 'json_object' });
    const strict = talk((body) => ('response_format' in body ? no(400, 'response_format?') : null));
    const { body } = await strict.ask(full);
    expect(body.messages.at(-1)?.content).toContain('JSON Schema');
  });

  it('takes a failed generation for chance, and one internal error too', async () => {
    let calls = 0;
    const { ask } = talk((body) => {
      calls += 1;
      return hasSchema(body) && calls === 1 ? no(400, 'json_validate_failed') : null;
    });
    await ask(full);
    expect(hasSchema((await ask(full)).body)).toBe(true);
    let faults = 0;
    const faulty = talk((body) => {
      faults += 1;
      return hasSchema(body) && faults === 1 ? no(500, 'internal error') : null;
    });
    await faulty.ask(full);
    expect(hasSchema((await faulty.ask(full)).body)).toBe(true);
  });

  it('learns of a schema that ends in internal errors', async () => {
    const { ask, bodies } = talk((body) => ('response_format' in body ? no(500, 'internal error') : null));
    await ask(full);
    await ask(full);
    await ask(full);
    expect(bodies.map(hasSchema)).toEqual([true, false, true, false, false]);
  });

  it('gives the first complaint where nothing helps', async () => {
    const { ask } = talk((body) => no(400, hasSchema(body) ? 'first complaint' : 'another complaint'));
    await expect(ask(full)).rejects.toThrow('first complaint');
  });

  it('does not blame a setting for a wrong key, a long prompt or a missing model', async () => {
    for (const [status, message] of [
      [401, 'invalid api key'],
      [400, 'prompt is too long: 9000 tokens > 8000 maximum'],
      [404, 'model "m" not found, try pulling it first'],
      [429, 'rate limit of requests with response_format'],
    ] as const) {
      const { ask, bodies } = talk(() => no(status, message));
      await expect(ask(full)).rejects.toThrow();
      expect(bodies.length).toBe(1);
    }
  });

  it('comes to the same end for questions in flight together', async () => {
    const { ask, bodies } = talk((body) =>
      hasSystem(body) ? no(400, 'System role not supported') : 'seed' in body ? no(400, 'seed?') : null,
    );
    const together = await Promise.all(Array.from({ length: 8 }, () => ask(full)));
    expect(new Set(together.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(bodies.length).toBeLessThanOrEqual(24);
  });

  it.each([
    ['max_tokens is too large: 9000. This model supports at most 4096 completion tokens.', 4096],
    ['Invalid max_tokens value, the valid range of max_tokens is [1, 4096]', 4096],
    ['max_tokens: 9000 > 4096, which is the maximum allowed number of output tokens', 4096],
    ['`max_tokens` must be less than or equal to `4096`', 4096],
    ['The maximum tokens you requested exceeds the model limit of 4096. Try a lower value.', 4096],
  ])('asks for fewer tokens after "%s"', async (message, most) => {
    const { ask, bodies } = talk((body) => (Number(body.max_tokens) > most ? no(400, message) : null));
    const request = requestOf('Which?', { maxTokens: 100, thinkingTokens: 8900 });
    expect((await ask(request)).body.max_tokens).toBe(most);
    expect((await ask(request)).body.max_tokens).toBe(most);
    expect(bodies.length).toBe(3);
  });

  it('gives a long prompt the tokens that the context leaves, this time', async () => {
    const message =
      "This model's maximum context length is 8192 tokens. However, you requested 9500 tokens (500 in the messages, 9000 in the completion).";
    let first = true;
    const { ask } = talk(() => {
      const refusal = first ? no(400, message) : null;
      first = false;
      return refusal;
    });
    const request = requestOf('Which?', { maxTokens: 100, thinkingTokens: 8900 });
    expect((await ask(request)).body.max_tokens).toBe(8192 - 500 - 16);
    expect((await ask(request)).body.max_tokens).toBe(9000);
  });
});
