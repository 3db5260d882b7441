import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { down, storedEvent, up } from '../../../test/support/feedback-event.ts';
import { decision } from '../../../test/support/feedback-parts.ts';
import { defaultUnderstandingSettings } from '../../domain/feedback-settings.ts';
import { ProviderError } from '../../domain/provider-error.ts';
import type { ChatModel } from '../../ports/chat-model.ts';
import { groupTexts } from './group-texts.ts';
import { judgeReading } from './judge-reading.ts';
import { readComment } from './read-comment.ts';
import { readEvent } from './read-event.ts';
import { understandFeedback } from './understand-feedback.ts';

const at = '2026-03-15T10:00:00Z';
const complain = (id: string, comment: string, more = {}) => storedEvent(id, { ...down, comment }, more);

describe('readEvent', () => {
  const read = (...args: Parameters<typeof storedEvent>) => readEvent(storedEvent(...args).event);

  it('uses a clicked reason, and classifies the comment of "other"', () => {
    expect(read('e', { kind: 'flag', flag: 'safety' })).toMatchObject({ category: 'safety', from: 'flag' });
    expect(read('e', { kind: 'flag', flag: 'other', comment: 'the JSON is invalid' })).toMatchObject({
      category: 'format',
    });
  });

  it('infers the category of a correction', () => {
    const corrected = (response: string, text: string) =>
      read('e', { kind: 'correction', corrected: text }, { response })?.category;
    expect(corrected('Paris has 3 million people', 'Paris has 2 million people')).toBe('accuracy');
    expect(corrected('a, b and c', '- a\n- b, and\n- c')).toBe('format');
    expect(
      corrected('open the door', 'open the door slowly, then look left and right before you walk in'),
    ).toBe('coverage');
    expect(corrected('well it is basically and essentially really just open', 'it is open')).toBe('style');
  });

  it('finds no complaint in praise', () => {
    expect(read('e', { ...up, comment: 'great tone, thanks' })).toBeNull();
    expect(read('e', { kind: 'copy' })).toBeNull();
    expect(read('e', { kind: 'stars', stars: 5 })).toBeNull();
  });
});

describe('understandFeedback', () => {
  it('groups similar complaints under a readable name, the most urgent first', async () => {
    const events = [
      ...Array.from({ length: 6 }, (_, index) =>
        complain(`y${index}`, `the year of the merger is wrong ${['again', 'here', 'sadly'][index % 3]}`, {
          query: 'When did the merger happen?',
        }),
      ),
      ...Array.from({ length: 3 }, (_, index) =>
        complain(`t${index}`, 'the table has broken columns', { query: `Compare plan ${index}` }),
      ),
      storedEvent('s', { kind: 'flag', flag: 'safety', comment: 'tells people to mix bleach and ammonia' }),
    ];
    const { issues, complaints } = await understandFeedback(events, { at });
    expect(complaints).toBe(10);
    expect(issues.map(({ category, events: own }) => [category, own.length])).toEqual([
      ['accuracy', 6],
      ['safety', 1],
      ['format', 3],
    ]);
    expect(issues[0]?.title).toContain('merger');
    expect(issues[0]?.examples[0]).toContain('year of the merger');
  });

  it('halves priority per half-life, and skips quarantined events', async () => {
    const old = complain('a', 'the year is wrong', { at: '2026-03-01T10:00:00.000Z' });
    const [aged] = (await understandFeedback([old], { at })).issues;
    const severity = defaultUnderstandingSettings.severity.accuracy;
    expect(aged?.priority).toBeCloseTo(severity / 2, 10);
    expect((await understandFeedback([{ ...old, decision: decision('a', 0) }], { at })).issues).toEqual([]);
    const [half] = (await understandFeedback([{ ...old, decision: decision('a', 0.5) }], { at })).issues;
    expect(half?.priority).toBeCloseTo(severity / 4, 10);
  });

  it('shows no personal data in titles and examples', async () => {
    const events = [1, 2, 3].map((n) =>
      complain(`e${n}`, 'wrong address: write to zaphod.beeblebrox@heartofgold.example instead'),
    );
    const { issues } = await understandFeedback(events, { at });
    expect(JSON.stringify(issues)).not.toMatch(/zaphod|heartofgold/);
    expect(issues[0]?.examples[0]).toContain('[EMAIL_1]');
  });

  it('does not depend on the order of arrival', async () => {
    const comments = [
      'the year is wrong',
      'wrong year given',
      'table is broken',
      'too long',
      'missing sources',
    ];
    const events = Array.from({ length: 25 }, (_, index) =>
      complain(`e${index}`, comments[index % 5]!, { at: `2026-03-0${1 + (index % 9)}T10:00:00.000Z` }),
    );
    const expected = await understandFeedback(events, { at });
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(events, { minLength: 25, maxLength: 25 }), async (shuffled) => {
        expect((await understandFeedback(shuffled, { at })).issues).toEqual(expected.issues);
      }),
      { numRuns: 5 },
    );
  });

  it('puts every text into exactly one group', () => {
    const text = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.constantFrom(0.5, 1, 2));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 40 }), (texts) => {
        const groups = groupTexts(
          texts.map((one) => new Map(Object.entries(one))),
          0.3,
        );
        const members = groups.flatMap(({ members: own }) => own).sort((a, b) => a - b);
        expect(members).toEqual(texts.map((_, index) => index));
      }),
    );
  });
});

describe('judgeReading', () => {
  const unsure = readComment('hm, I do not know what to think of this');
  const options = { nonce: 'n1', signal: new AbortController().signal };
  const model = (text: string | Error): ChatModel => ({
    provider: 'test',
    model: 'test',
    baseUrl: '',
    capabilities: { structured: true, logprobs: false, seed: false },
    complete: async () => {
      if (text instanceof Error) throw text;
      return { text, finish: 'stop', modelAnswered: null, usage: null };
    },
  });

  it('uses a parsable reply, and otherwise the rules', async () => {
    const answer = '{"category":"style","confidence":0.8,"request":false}';
    expect(await judgeReading(model(answer), 'x', unsure, options)).toMatchObject({
      category: 'style',
      from: 'judge',
    });
    for (const reply of [
      'style',
      '{"category":"taste","confidence":1}',
      '{"category":"style","confidence":7}',
    ])
      expect(await judgeReading(model(reply), 'x', unsure, options)).toBe(unsure);
    const timeout = new ProviderError('timeout', 'late', { provider: 'test', model: 'test' });
    expect(await judgeReading(model(timeout), 'x', unsure, options)).toBe(unsure);
    const noKey = new ProviderError('auth', 'no key', { provider: 'test', model: 'test' });
    await expect(judgeReading(model(noKey), 'x', unsure, options)).rejects.toBe(noKey);
  });

  it('is not requested if the rules are confident', async () => {
    const sure = { ...unsure, confidence: 0.9 };
    expect(await judgeReading(model(new Error('asked')), 'x', sure, options)).toBe(sure);
  });
});
