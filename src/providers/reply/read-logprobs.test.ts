import { describe, expect, it } from 'vitest';
import { answer, chat, read } from '../../../test/support/reply-parts.ts';

describe('the log-probabilities of a reply', () => {
  const of = (logprobs: unknown) => read(chat({ content: answer }, { logprobs })).logprobs;
  const never = { token: 'B', logprob: -9999 };
  it.each<[string, unknown]>([
    ['null', null],
    ['-Infinity', Number.NEGATIVE_INFINITY],
    ['"-inf"', '-inf'],
    ['"-Infinity"', '-Infinity'],
    ['-1e300', -1e300],
    ['-9999.0', -9999],
  ])('take %s for never', (_name, logprob) => {
    const content = [
      {
        token: 'A',
        logprob: -0.5,
        top_logprobs: [
          { token: 'A', logprob: -0.5 },
          { token: 'B', logprob },
        ],
      },
    ];
    expect(of({ content })).toEqual([
      { token: 'A', logprob: -0.5, top: [{ token: 'A', logprob: -0.5 }, never] },
    ]);
  });

  it('are read in the other shapes', () => {
    const expected = [{ token: 'A', logprob: -0.5, top: [{ token: 'A', logprob: -0.5 }, never] }];
    const map = { A: -0.5, B: -9999 };
    expect(of({ content: [{ token: 'A', logprob: '-0.5', top_logprobs: map }] })).toEqual(expected);
    expect(of({ tokens: ['A'], token_logprobs: [-0.5], top_logprobs: [map] })).toEqual(expected);
    expect(of([{ token: 'A', logprob: -0.5, top_logprobs: [{ token: 'A', logprob: -0.5 }, never] }])).toEqual(
      expected,
    );
    expect(of({ content: [{ token: 'A', logprob: -0.5 }] })).toEqual([
      { token: 'A', logprob: -0.5, top: [] },
    ]);
  });

  it('of a chosen token without a number come from its alternatives', () => {
    const top_logprobs = [{ token: 'A', logprob: -0.5 }];
    expect(of({ content: [{ token: 'A', logprob: null, top_logprobs }] })?.[0]?.logprob).toBe(-0.5);
    const [kept] = of({
      content: [{ token: 'A', logprob: -0.5, top_logprobs: [{ token: 'A', logprob: null }, never] }],
    })!;
    expect(kept).toEqual({ token: 'A', logprob: -0.5, top: [never] });
  });

  it.each([
    [null],
    [{}],
    [7],
    ['x'],
    [{ content: null }],
    [{ content: [] }],
    [{ content: [null, 7] }],
    [{ tokens: ['A'] }],
  ])('are none in %j', (logprobs) => expect(of(logprobs)).toBeUndefined());

  it.each([['much'], [Number.NaN], [0.99], [{}], [true], ['']])(
    'say nothing where a number is %j',
    (logprob) => {
      const none = [{ token: 'A', logprob: -9999, top: [] }];
      const top_logprobs = [
        { token: 'A', logprob: -0.5 },
        { token: 'B', logprob },
      ];
      expect(of({ content: [{ token: 'A', logprob: -0.5, top_logprobs }] })).toEqual(none);
      expect(of({ content: [{ token: 'A', logprob, top_logprobs: [] }] })).toEqual(none);
    },
  );
});
