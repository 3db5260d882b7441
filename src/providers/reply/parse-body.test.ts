import { describe, expect, it } from 'vitest';
import { answer, chat, failure, read } from '../../../test/support/reply-parts.ts';
import { parseBody } from './parse-body.ts';

describe('the body of a reply', () => {
  const whole = chat({ content: answer });
  const text = JSON.stringify(whole);
  const sse = (events: readonly object[], end = '\n\n') =>
    `${events.map((event) => `data: ${JSON.stringify(event)}${end}`).join('')}data: [DONE]${end}`;
  const chunk = (delta: object, finish_reason: string | null = null) => ({
    model: 'judge',
    choices: [{ index: 0, delta, finish_reason }],
  });
  const chunks = [
    chunk({ role: 'assistant', content: '' }),
    chunk({ content: answer.slice(0, 9) }),
    chunk({ content: answer.slice(9) }),
    chunk({}, 'stop'),
  ];
  const ollama = [
    { model: 'l', message: { role: 'assistant', content: answer.slice(0, 9) }, done: false },
    { model: 'l', message: { role: 'assistant', content: answer.slice(9) }, done: false },
    {
      model: 'l',
      message: { role: 'assistant', content: '' },
      done: true,
      done_reason: 'stop',
      eval_count: 3,
      prompt_eval_count: 9,
    },
  ];
  const anthropic = [
    {
      type: 'message_start',
      message: { model: 'c', content: [], usage: { input_tokens: 9, output_tokens: 1 } },
    },
    { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'hm' } },
    { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: answer.slice(0, 9) } },
    { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: answer.slice(9) } },
    { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 3 } },
    { type: 'message_stop' },
  ];
  const gemini = [answer.slice(0, 9), answer.slice(9)].map((piece, index) => ({
    candidates: [
      { index: 0, content: { parts: [{ text: piece }] }, ...(index === 1 ? { finishReason: 'STOP' } : {}) },
    ],
  }));

  it.each<[string, string]>([
    ['plain', text],
    ['behind a byte order mark', `\uFEFF${text}`],
    ['behind white space', `\n\n   \n${text}\n`],
    ['encoded twice', JSON.stringify(text)],
    ['with numbers that JSON has not', text.replace('"index":0', '"index":0,"odd":[NaN,-Infinity,Infinity]')],
    ['as events', sse(chunks)],
    ['as events with other line ends', sse(chunks, '\r\n\r\n')],
    ['as events without empty lines', sse(chunks, '\n')],
    ['as one event', `event: message\nid: 1\n${sse([whole])}`],
    ['behind comments', `: PROCESSING\n\n: PROCESSING\n\n${text}`],
    ['as events behind comments', `: PROCESSING\n\n${sse(chunks)}`],
    ['as lines', ollama.map((line) => JSON.stringify(line)).join('\n')],
    ['as lines of chunks', chunks.map((line) => JSON.stringify(line)).join('\n')],
    [
      "as Anthropic's events",
      anthropic.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(''),
    ],
    ['as a list of chunks', JSON.stringify(gemini)],
  ])('is read %s', (_name, body) => {
    expect(read(parseBody(body))).toMatchObject({ text: answer, finish: 'stop' });
  });

  it('that streams log-probabilities, tool calls and counts holds them all', () => {
    const tool = (piece: string) => chunk({ tool_calls: [{ index: 0, function: { arguments: piece } }] });
    const events = [
      tool(answer.slice(0, 9)),
      tool(answer.slice(9)),
      chunk({}, 'tool_calls'),
      { choices: [], usage: { prompt_tokens: 9, completion_tokens: 3 } },
    ];
    expect(read(parseBody(sse(events)))).toMatchObject({
      text: answer,
      place: 'tool_calls',
      usage: { input: 9, output: 3 },
    });
    const token = (name: string) => ({
      choices: [
        {
          index: 0,
          delta: { content: name },
          logprobs: { content: [{ token: name, logprob: -1, top_logprobs: [] }] },
        },
      ],
    });
    const streamed = read(parseBody(sse([token('[['), token('A'), token(']]'), chunk({}, 'stop')])));
    expect(streamed.logprobs?.map((each) => each.token)).toEqual(['[[', 'A', ']]']);
  });

  it('that breaks off in a stream is not whole', () => {
    const broken = sse(chunks.slice(0, 2)).replace('data: [DONE]\n\n', '');
    expect(read(parseBody(broken)).finish).toBe('other');
    expect(failure(parseBody(`${broken}data: {"choi`)).kind).toBe('bad_reply');
    const failed = sse([...chunks.slice(0, 3), { error: { code: 502, message: 'gone' } }]);
    expect(failure(parseBody(failed)).kind).toBe('overloaded');
  });

  it.each(['', 'null', '<html>', '{"a":', 'data:', 'data: x', '{"a":NaN', '"text"', '{}\n{'])(
    '%j is an error',
    (body) => {
      expect(failure(parseBody(body)).kind).toBe('bad_reply');
    },
  );

  it.each<[string, string]>([
    ['escapes', 'NaN{"a":"\\"'],
    ['quotation marks', 'NaN"'],
    ['events', 'data: {"choices":[{"index":1}]}\n'],
    ['lines', '{"a":[{"index":1}]}\n'],
    ['comments', ': x\n'],
  ])('of many %s is read in linear time', (_name, piece) => {
    // in quadratic time each of them would take minutes
    expect(() => parseBody(piece.repeat(200_000))).not.toThrow();
  });
});
