import { describe, expect, it } from 'vitest';
import { findRefusal } from './find-refusal.ts';

describe('findRefusal', () => {
  it.each([
    "I'm sorry, but I can't help with that.",
    'I’m very sorry, I am unable to help you here.',
    'We can’t help you with that.',
    'I really cannot do that.',
    'I won’t provide those steps.',
    "I'm not programmed to help people cheat.",
    "I don't want to be involved in this.",
    "I'd rather not say.",
    "I don't think I should answer that.",
    "That isn't something I can do.",
    'I must respectfully decline.',
    'As an AI language model, I cannot have a favourite.',
    'Es tut mir leid, aber das kann ich nicht tun.',
    'Lo siento, no es posible.',
  ])('finds "%s"', (text) => {
    expect(findRefusal(text)).not.toBeNull();
  });

  it.each([
    'I cannot stress enough how good this is.',
    "I'm sorry, but I can't agree with your statement.",
    "I'm sorry, I can't really hear you.",
    'I am sorry that I was unable to come. Here is what you need.',
    'I can help with that.',
    'I am not sure what you mean.',
    'You could write: "I\'m sorry, I can\'t come on Friday."',
    'Say “I won’t do that” and walk away.',
    "I don't want to bore you, so here is the short version.",
    'Patients who cannot help themselves need care.',
    `${'The plan is sound. '.repeat(30)}I cannot help with that.`,
  ])('finds none in "%s"', (text) => {
    expect(findRefusal(text)).toBeNull();
  });

  it('returns the position', () => {
    const text = 'Hm. I can’t do that for you.';
    expect(findRefusal(text)).toEqual({ start: 4, end: 19 });
  });
});
