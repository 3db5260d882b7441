import { describe, expect, it } from 'vitest';
import { createRedactor } from './redact.ts';

describe('createRedactor', () => {
  it('gives a value the same placeholder in every notation', () => {
    const redact = createRedactor();
    expect(redact('Card 4111 1111 1111 1111, mail Jo@Example.org').text).toBe(
      'Card [CARD_1], mail [EMAIL_1]',
    );
    expect(redact('jo@example.org, x@example.org, card 4111-1111-1111-1111').text).toBe(
      '[EMAIL_1], [EMAIL_2], card [CARD_1]',
    );
  });

  it('accepts custom names, for placeholders that are stable between processes', () => {
    const redact = createRedactor({ name: (span, value) => `${span.class}:${value.length}` });
    expect(redact('tel +49 30 901820').text).toBe('tel [phone:11]');
  });

  it('leaves a text without findings unchanged', () => {
    expect(createRedactor()('Nothing here.').text).toBe('Nothing here.');
  });
});
