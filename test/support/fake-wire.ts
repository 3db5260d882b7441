import { type FakeQuestion, hashOf, type Schema } from './fake-reply.ts';

/** Tokens of a text as the fake servers count them. */
export function fakeTokens(text: string): number {
  return Math.ceil(text.length / 4);
}

export interface FakeAnswer {
  readonly text: string;
  readonly finish?: 'stop' | 'length' | 'content_filter' | 'refusal';
  readonly usage?: { readonly input: number; readonly output: number; readonly cached?: number };
  /** Log-probabilities of the answer's first token, given where they were asked for. */
  readonly logprobs?: Readonly<Record<string, number>>;
  readonly model?: string;
}

type Body = Readonly<Record<string, unknown>>;
interface Turn {
  readonly role: string;
  readonly content: string | readonly { readonly text?: string }[];
}

export function questionOf(api: FakeQuestion['api'], body: Body): FakeQuestion {
  const turns = [...(api === 'anthropic' ? systemTurns(body.system) : []), ...(body.messages as Turn[])];
  return {
    api,
    model: String(body.model),
    prompt: turns.map(({ content }) => textOf(content)).join('\n'),
    schema: schemaOf(body),
    body,
    hash: hashOf(body),
  };
}

function systemTurns(system: unknown): Turn[] {
  return system === undefined ? [] : [{ role: 'system', content: system as Turn['content'] }];
}

function textOf(content: Turn['content']): string {
  return typeof content === 'string' ? content : content.map(({ text }) => text ?? '').join('');
}

function schemaOf(body: Body): Schema | null {
  const openAi = body.response_format as { json_schema?: { schema?: Schema } } | undefined;
  const anthropic = body.output_config as { format?: { schema?: Schema } } | undefined;
  const tools = body.tools as readonly { input_schema?: Schema }[] | undefined;
  return openAi?.json_schema?.schema ?? anthropic?.format?.schema ?? tools?.[0]?.input_schema ?? null;
}

export function usageOf(question: FakeQuestion, answer: FakeAnswer): NonNullable<FakeAnswer['usage']> {
  return answer.usage ?? { input: fakeTokens(question.prompt), output: fakeTokens(answer.text) };
}

/** The body of a successful reply, as the real servers write it. */
export function replyBody(question: FakeQuestion, answer: FakeAnswer, id: string): object {
  const usage = usageOf(question, answer);
  return question.api === 'openai'
    ? openAiBody(question, answer, usage, id)
    : anthropicBody(question, answer, usage, id);
}

function openAiBody(question: FakeQuestion, answer: FakeAnswer, usage: Usage, id: string): object {
  const { finish = 'stop' } = answer;
  const refused = finish === 'refusal';
  const wantsLogprobs = question.body.logprobs === true && answer.logprobs !== undefined;
  return {
    id: `chatcmpl-${id}`,
    object: 'chat.completion',
    created: 1_760_000_000,
    model: answer.model ?? question.model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: refused ? null : answer.text,
          refusal: refused ? answer.text : null,
        },
        logprobs: wantsLogprobs ? { content: [firstToken(answer)], refusal: null } : null,
        finish_reason: refused ? 'stop' : finish,
      },
    ],
    usage: {
      prompt_tokens: usage.input,
      completion_tokens: usage.output,
      total_tokens: usage.input + usage.output,
      prompt_tokens_details: { cached_tokens: usage.cached ?? 0, audio_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 0 },
    },
    system_fingerprint: 'fp_fake',
  };
}

function firstToken(answer: FakeAnswer): object {
  const top = Object.entries(answer.logprobs ?? {}).map(([token, logprob]) => ({
    token,
    logprob,
    bytes: null,
  }));
  return { ...top[0], top_logprobs: top };
}

type Usage = NonNullable<FakeAnswer['usage']>;
const stopReasons = {
  stop: 'end_turn',
  length: 'max_tokens',
  content_filter: 'refusal',
  refusal: 'refusal',
} as const;

function anthropicBody(question: FakeQuestion, answer: FakeAnswer, usage: Usage, id: string): object {
  const tools = question.body.tools as readonly { name: string }[] | undefined;
  const cached = usage.cached ?? 0;
  return {
    id: `msg_${id}`,
    type: 'message',
    role: 'assistant',
    model: answer.model ?? question.model,
    content:
      tools === undefined
        ? [{ type: 'text', text: answer.text, citations: null }]
        : [
            {
              type: 'tool_use',
              id: `toolu_${id}`,
              name: tools[0]?.name,
              input: JSON.parse(answer.text) as object,
            },
          ],
    stop_reason: tools === undefined ? stopReasons[answer.finish ?? 'stop'] : 'tool_use',
    stop_sequence: null,
    usage: {
      input_tokens: usage.input - cached,
      output_tokens: usage.output,
      cache_read_input_tokens: cached,
      cache_creation_input_tokens: 0,
    },
  };
}

/** The body of an error, as the real servers write it. */
export function errorBody(api: FakeQuestion['api'], status: number, message: string, code?: string): object {
  if (api === 'anthropic') {
    return { type: 'error', error: { type: code ?? anthropicType(status), message }, request_id: 'req_fake' };
  }
  return { error: { message, type: code ?? 'invalid_request_error', param: null, code: code ?? null } };
}

function anthropicType(status: number): string {
  const types: Record<number, string> = {
    400: 'invalid_request_error',
    401: 'authentication_error',
    404: 'not_found_error',
    413: 'request_too_large',
    429: 'rate_limit_error',
    529: 'overloaded_error',
  };
  return types[status] ?? 'api_error';
}
