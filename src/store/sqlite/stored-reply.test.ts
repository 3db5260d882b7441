import { describe, expect, it } from 'vitest';
import { readStoredReply } from './stored-reply.ts';

const reply = { text: '[[A]]', finish: 'stop', modelAnswered: 'm', usage: { input: 9, output: 3 } };

describe('a stored reply', () => {
  it('is what was stored', () => {
    const more = {
      ...reply,
      logprobs: [{ token: 'A', logprob: -0.5, top: [{ token: 'B', logprob: -9999 }] }],
      place: 'tool_calls',
      adapted: ['schema'],
      requestId: 'r1',
    };
    for (const stored of [reply, more]) expect(readStoredReply(JSON.stringify(stored))).toEqual(stored);
  });

  it.each([
    '',
    '{"text":"[[A]]"',
    'null',
    '7',
    '[]',
    '{}',
    JSON.stringify({ ...reply, text: [{ type: 'text', text: '[[A]]' }] }),
    JSON.stringify({ ...reply, text: null }),
    JSON.stringify({ ...reply, finish: 'well' }),
  ])('that is none has no answer and keeps what is there: %s', (json) => {
    const { text, finish, elsewhere } = readStoredReply(json);
    expect({ text, finish, elsewhere }).toEqual({
      text: '',
      finish: 'other',
      elsewhere: [{ place: 'stored reply', text: json }],
    });
  });

  it('loses parts that are not what they should be, and keeps its answer', () => {
    const odd = {
      ...reply,
      modelAnswered: 7,
      usage: { input: '9' },
      logprobs: [{ token: 'A', logprob: null, top: [] }],
      elsewhere: [{ place: 1 }],
      place: {},
      adapted: [7],
    };
    const sound = { text: '[[A]]', finish: 'stop', modelAnswered: null, usage: null, adapted: [] };
    expect(readStoredReply(JSON.stringify(odd))).toEqual(sound);
  });
});
