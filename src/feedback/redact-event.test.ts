import { describe, expect, it } from 'vitest';
import { feedbackEvent } from '../../test/support/feedback-parts.ts';
import type { FeedbackSignal } from '../domain/feedback-event.ts';
import { openEventRedactor } from './redact-event.ts';

const mail = 'jo@example.org';

describe('openEventRedactor', () => {
  const other = { response_id: 'r2', response: mail };
  const signals: FeedbackSignal[] = [
    { kind: 'thumb', thumb: 'up', comment: mail },
    { kind: 'stars', stars: 1, comment: mail },
    { kind: 'correction', corrected: mail },
    { kind: 'comparison', other, preferred: 'tie' },
    { kind: 'ranking', others: [other], ranking: [['r2', 'r1']] },
    { kind: 'comment', comment: mail },
    { kind: 'flag', flag: 'other', comment: mail },
    { kind: 'survey', answers: { contact: mail, ease: 5 } },
  ];

  it.each(signals)('redacts every text of a $kind, and nothing else', (signal) => {
    const event = feedbackEvent('e1', {
      signal,
      query: [{ role: 'assistant', content: mail, tool_calls: [{ arguments: { to: mail } }] }],
      response: `Write to ${mail}.`,
      settings: { system: `You answer ${mail}`, temperature: 1 },
    });
    const cleaned = openEventRedactor()(event);
    expect(cleaned).toEqual(JSON.parse(JSON.stringify(event).replaceAll(mail, '[EMAIL_1]')));
  });

  it('gives one value one placeholder in all events, with an optional naming function', () => {
    const redact = openEventRedactor();
    redact(feedbackEvent('e1', { response: 'a@example.org' }));
    expect(redact(feedbackEvent('e2', { response: `${mail} a@example.org` })).response).toBe(
      '[EMAIL_2] [EMAIL_1]',
    );
    const named = openEventRedactor({ name: ({ class: kind }) => `${kind}-x` });
    expect(named(feedbackEvent('e1', { query: mail })).query).toBe('[email-x]');
  });
});
