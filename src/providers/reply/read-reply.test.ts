import { describe, expect, it } from 'vitest';
import { answer, chat, failure, other, read } from '../../../test/support/reply-parts.ts';
import { ProviderError } from '../../domain/provider-error.ts';

describe('a reply', () => {
  const thought = 'First I compare them.';
  it.each<[string, unknown]>([
    ['a text', chat({ content: answer })],
    ['a list of parts', chat({ content: [{ type: 'text', text: answer }] })],
    ['parts in pieces', chat({ content: [answer.slice(0, 9), { text: answer.slice(9) }] })],
    [
      'thinking and text',
      chat({
        content: [
          { type: 'thinking', thinking: [{ type: 'text', text: thought }] },
          { type: 'text', text: answer },
        ],
      }),
    ],
    ['output_text parts', chat({ content: [{ type: 'output_text', text: answer }] })],
    ['a text with a value', chat({ content: [{ type: 'text', text: { value: answer } }] })],
    ['one part without a list', chat({ content: { type: 'text', text: answer } })],
    ['an object that was parsed', chat({ content: JSON.parse(answer) })],
    ['text beside another part', chat({ content: [{ type: 'image', url: 'x' }, { text: answer }] })],
    ['a message that is a text', chat(answer)],
    ['delta instead of message', chat(undefined, { delta: { role: 'assistant', content: answer } })],
    ['text completions', chat(undefined, { text: answer })],
    ['reasoning beside an answer', chat({ content: answer, reasoning_content: thought, reasoning: other })],
    [
      'tool calls beside an answer',
      chat({ content: answer, tool_calls: [{ function: { arguments: other } }] }),
    ],
    ['no finish reason behind whole JSON', { choices: [{ message: { content: answer } }] }],
    ['an array of one', [chat({ content: answer })]],
    ['extra fields', { ...chat({ content: answer, audio: {}, annotations: [7] }), extra: [{}], error: {} }],
    ['Anthropic', { type: 'message', content: [{ type: 'text', text: answer }], stop_reason: 'end_turn' }],
    [
      'Anthropic with redacted thinking',
      {
        content: [
          { type: 'redacted_thinking', data: 'xx' },
          { type: 'text', text: answer },
        ],
        stop_reason: 'end_turn',
      },
    ],
    [
      'a forced tool of Anthropic',
      { content: [{ type: 'tool_use', input: JSON.parse(answer) }], stop_reason: 'tool_use' },
    ],
    [
      'Ollama chat',
      { model: 'l', message: { content: answer, thinking: thought }, done: true, done_reason: 'stop' },
    ],
    ['Ollama generate', { model: 'l', response: answer, done: true, done_reason: 'stop' }],
    [
      'Gemini',
      {
        candidates: [
          { content: { parts: [{ thought: true, text: thought }, { text: answer }] }, finishReason: 'STOP' },
        ],
      },
    ],
    [
      "OpenAI's responses",
      {
        status: 'completed',
        output: [
          { type: 'reasoning', summary: [] },
          { type: 'message', content: [{ type: 'output_text', text: answer }] },
        ],
      },
    ],
    ['Bedrock', { output: { message: { content: [{ text: answer }] } }, stopReason: 'end_turn' }],
    ['Cohere', { message: { content: [{ type: 'text', text: answer }] }, finish_reason: 'COMPLETE' }],
    ['TGI', [{ generated_text: answer, details: { finish_reason: 'eos_token' } }]],
    ['llama.cpp', { content: answer, stop: true, stop_type: 'eos' }],
    ['a wrapper', { result: { response: answer }, success: true }],
    ['a wrapped chat completion', { data: chat({ content: answer }) }],
  ])('is read from %s', (_name, body) => {
    expect(read(body)).toMatchObject({ text: answer, finish: 'stop' });
    expect(read(body).place).toBeUndefined();
  });

  it.each<[string, object, string]>([
    ['reasoning_content', { content: null, reasoning_content: answer }, 'reasoning_content'],
    ['reasoning', { content: '', reasoning: `\n${answer}` }, 'reasoning'],
    ['both of them', { content: ' ', reasoning: answer, reasoning_content: answer }, 'reasoning_content'],
    [
      'reasoning_details',
      { reasoning_details: [{ type: 'reasoning.text', text: answer }] },
      'reasoning_details',
    ],
    ['a thinking part', { content: [{ type: 'thinking', thinking: answer }] }, 'content (thinking)'],
    [
      'tool_calls',
      { content: null, tool_calls: [{ function: { name: 'v', arguments: answer } }] },
      'tool_calls',
    ],
    [
      'tool_calls with an object',
      { tool_calls: [{ function: { arguments: JSON.parse(answer) } }] },
      'tool_calls',
    ],
    ['function_call', { content: null, function_call: { name: 'v', arguments: answer } }, 'function_call'],
    ['parsed', { content: null, parsed: JSON.parse(answer) }, 'parsed'],
    [
      'tool_calls beside thinking',
      { content: null, reasoning: thought, tool_calls: [{ function: { arguments: answer } }] },
      'tool_calls',
    ],
  ])('is read from %s where the content is empty', (_name, message, place) => {
    for (const finish_reason of ['stop', 'tool_calls']) {
      const reply = read(chat(message, { finish_reason }));
      expect(reply).toMatchObject({ finish: 'stop', place });
      expect(reply.text.trim()).toBe(answer);
    }
  });

  it.each<[string, object, object, readonly string[]]>([
    ['thinking in prose', { content: null, reasoning_content: 'So it is [[A]]' }, {}, ['reasoning_content']],
    [
      'thinking that is cut',
      { content: null, reasoning: answer },
      { finish_reason: 'length' },
      ['reasoning'],
    ],
    ['thinking without an end', { content: null, reasoning: answer }, { finish_reason: null }, ['reasoning']],
    [
      'two answers',
      { reasoning: answer, tool_calls: [{ function: { arguments: other } }] },
      {},
      ['tool_calls', 'reasoning'],
    ],
    ['an unknown part', { content: [{ type: 'widget', text: answer.slice(1) }] }, {}, ['content (widget)']],
  ])('keeps %s apart with its place', (_name, message, more, places) => {
    const reply = read(chat(message, more));
    expect(reply.text).toBe('');
    expect(reply.elsewhere?.map(({ place }) => place)).toEqual(places);
  });

  it('has no answer in parts of unknown shape, whatever stands in them', () => {
    const thinking = { type: 'thinking', thinking: answer };
    const contents = [
      [{ value: thinking }],
      [{ text: thinking }],
      { x: thinking },
      [{ thinking: answer, x: 1 }, {}],
    ];
    for (const content of contents) expect(read(chat({ content })).text).not.toContain('"A"}"');
    expect(read(chat({ content: [{ x: answer }] }))).toMatchObject({ text: '', elsewhere: [{}] });
    for (const part of [null, 7, {}, { text: [answer] }, { type: 'text', text: null }]) {
      const reply = read(chat({ content: [{ type: 'text', text: other }, part], reasoning: answer }));
      expect(reply).toMatchObject({
        text: '',
        elsewhere: expect.arrayContaining([{ place: 'content', text: other }]),
      });
    }
  });

  it('is a refusal where a field or a part says so', () => {
    const refused = [
      { content: null, refusal: 'I cannot.' },
      { content: '', refusal: true },
      { content: [{ type: 'refusal', refusal: 'I cannot.' }] },
    ];
    for (const message of refused) expect(read(chat(message)).finish).toBe('refusal');
  });

  it.each<[unknown, string]>([
    ['length', 'length'],
    ['MAX_TOKENS', 'length'],
    ['FinishReason.MAX_TOKENS', 'length'],
    ['maxTokens', 'length'],
    ['model_length', 'length'],
    ['max_output_tokens', 'length'],
    ['content_filter', 'content_filter'],
    ['SAFETY', 'content_filter'],
    ['RECITATION', 'content_filter'],
    ['content_filter: PROHIBITED_CONTENT', 'content_filter'],
    ['guardrail_intervened', 'content_filter'],
    ['ERROR_TOXIC', 'content_filter'],
    ['sensitive', 'content_filter'],
    ['refusal', 'refusal'],
    ['pause_turn', 'paused'],
    ['end_turn', 'stop'],
    ['eos_token', 'stop'],
    ['STOP', 'stop'],
    ['COMPLETE', 'stop'],
    ['something_new', 'other'],
    ['__proto__', 'other'],
    [7, 'other'],
    [{}, 'other'],
  ])('that ends with %s is %s', (finish_reason, finish) => {
    expect(read(chat({ content: answer }, { finish_reason })).finish).toBe(finish);
  });

  it('without a known end is not whole, and says what the server said', () => {
    expect(read(chat({ content: answer }, { finish_reason: 'something new' }))).toMatchObject({
      finish: 'other',
      finishGiven: 'something new',
    });
    expect(read(chat({ content: '[[A]]' }, { finish_reason: null }))).not.toHaveProperty('finishGiven');
    expect(read({ message: { content: '[[A]]' }, done: false, done_reason: 'stop' }).finish).toBe('other');
  });

  it('that a filter took away is filtered, also without a message', () => {
    const filters = { hate: { filtered: false }, violence: { filtered: true, severity: 'medium' } };
    const bodies = [
      chat(undefined, { finish_reason: 'content_filter' }),
      chat({ content: '' }, { content_filter_results: filters }),
      { choices: [], prompt_filter_results: [{ prompt_index: 0, content_filter_results: filters }] },
      { promptFeedback: { blockReason: 'SAFETY' } },
      { candidates: [{ finishReason: 'SAFETY' }] },
    ];
    for (const body of bodies) expect(read(body)).toMatchObject({ text: '', finish: 'content_filter' });
  });

  it.each<[string, unknown, string]>([
    ['error as its end', chat({ content: 'so far' }, { finish_reason: 'error' }), 'generation_failed'],
    ['abort as its end', chat({ content: answer }, { finish_reason: 'abort' }), 'generation_failed'],
    [
      'DeepSeek out of machines',
      chat({}, { finish_reason: 'insufficient_system_resource' }),
      'generation_failed',
    ],
    ['a model that is loading', { message: { content: '' }, done_reason: 'load' }, 'generation_failed'],
    ["Gemini's OTHER", { candidates: [{ finishReason: 'OTHER' }] }, 'generation_failed'],
    [
      'an error in its choice',
      chat({ content: '' }, { error: { code: 502, message: 'gone' } }),
      'overloaded',
    ],
    ['an error of unknown kind in its choice', chat({ content: answer }, { error: 'gone' }), 'bad_reply'],
    ['an error beside its choices', { ...chat({ content: answer }), error: { code: 429 } }, 'rate'],
    ['an error for a text', { error: 'model failed' }, 'bad_reply'],
    ['a message for a reply', { message: 'try again', code: 503 }, 'overloaded'],
    ['failed for a status', { status: 'failed', output: [] }, 'generation_failed'],
    ['no choices', { choices: [] }, 'bad_reply'],
    ['no message', chat(undefined), 'bad_reply'],
    ['a web page', '<html>', 'bad_reply'],
    ['null', null, 'bad_reply'],
    ['a number', 7, 'bad_reply'],
    ['an empty array', [], 'bad_reply'],
  ])('with %s is an error', (_name, body, kind) => {
    expect(failure(body)).toMatchObject({ kind, hint: expect.any(String) });
  });

  it('that is nested too deeply to be written again is an error like others', () => {
    const deep = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`);
    for (const body of [
      { odd: deep },
      { error: deep },
      chat({ content: deep }),
      chat({ content: [{ text: deep }] }),
    ]) {
      try {
        expect(read(body).finish).toBe('stop');
      } catch (error) {
        expect(error).toBeInstanceOf(ProviderError);
      }
    }
  });

  it.each<[string, object, object | null]>([
    [
      'OpenAI',
      { usage: { prompt_tokens: 9, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 4 } } },
      { input: 9, output: 3, cachedInput: 4 },
    ],
    ['other names', { usage: { input_tokens: 9, output_tokens: 3 } }, { input: 9, output: 3 }],
    ['camel case', { usage: { promptTokens: 9, completionTokens: 3 } }, { input: 9, output: 3 }],
    ['texts', { usage: { prompt_tokens: '9', completion_tokens: '3' } }, { input: 9, output: 3 }],
    ['a sum and a part', { usage: { prompt_tokens: 9, total_tokens: 12 } }, { input: 9, output: 3 }],
    [
      'Anthropic',
      {
        usage: {
          input_tokens: 5,
          cache_read_input_tokens: 3,
          cache_creation_input_tokens: 1,
          output_tokens: 3,
        },
      },
      { input: 9, output: 3, cachedInput: 3, cacheWrite: 1 },
    ],
    [
      'Gemini',
      { usageMetadata: { promptTokenCount: 9, candidatesTokenCount: 1, thoughtsTokenCount: 2 } },
      { input: 9, output: 3 },
    ],
    ['Ollama', { prompt_eval_count: 9, eval_count: 3 }, { input: 9, output: 3 }],
    ['Cohere', { usage: { tokens: { input_tokens: 9, output_tokens: 3 } } }, { input: 9, output: 3 }],
    [
      'DeepSeek',
      { usage: { prompt_tokens: 9, completion_tokens: 3, prompt_cache_hit_tokens: 4 } },
      { input: 9, output: 3, cachedInput: 4 },
    ],
    ['nothing', {}, null],
    ['null', { usage: null }, null],
    ['null counts', { usage: { prompt_tokens: null, completion_tokens: null } }, null],
    ['half of it', { usage: { prompt_tokens: 9 } }, null],
    ['impossible counts', { usage: { prompt_tokens: -9, completion_tokens: 1e300 } }, null],
    ['a list', { usage: [9, 3] }, null],
  ])('counts its tokens in the words of %s', (_name, counts, usage) => {
    const { usage: _, ...body } = chat({ content: answer });
    expect(read({ ...body, ...counts }).usage).toEqual(usage);
  });

  it('has no name, id or model that is no text of sane length', () => {
    const reply = read({ ...chat({ content: answer }), id: 7, model: { name: 'x' } });
    expect(reply.modelAnswered).toBeNull();
    expect(reply).not.toHaveProperty('requestId');
    expect(read({ ...chat({ content: answer }), model: 'm'.repeat(9999) }).modelAnswered).toHaveLength(200);
  });
});
