import { beforeAll, describe, expect, it } from 'vitest';
import { openLanguageModel, type ReadSentences } from './language-model.ts';
import { firstName, splitClaims } from './split-claims.ts';

let read: ReadSentences;
beforeAll(async () => {
  read = await openLanguageModel();
});
const claimsOf = (text: string, about: string | null = null) =>
  splitClaims(read(text), about).claims.map((claim) => claim.text);

describe('splitClaims', () => {
  it('splits clauses and gives each its subject', () => {
    expect(claimsOf('Marie Curie was born in Warsaw and won two prizes; she died in 1934.')).toEqual([
      'Marie Curie was born in Warsaw.',
      'Marie Curie won two prizes.',
      'she died in 1934.',
    ]);
  });

  it('carries the last name on to pronouns', () => {
    expect(
      claimsOf('Marie Curie was a physicist. She won two prizes. Her husband was a physicist too.'),
    ).toEqual([
      'Marie Curie was a physicist.',
      'Marie Curie won two prizes.',
      "Marie Curie's husband was a physicist too.",
    ]);
  });

  it('begins with the name that the prompt asks about', () => {
    expect(firstName(read('Tell me about Marie Curie, please.'))).toBe('Marie Curie');
    expect(claimsOf('She won two prizes.', 'Marie Curie')).toEqual(['Marie Curie won two prizes.']);
  });

  it('leaves out what claims nothing', () => {
    expect(
      claimsOf(
        'What is it? I think she is great. You should read more. Sure! Here are some facts:\n# Life\nThanks',
      ),
    ).toEqual([]);
  });

  it('recognises an abstention', () => {
    expect(splitClaims(read("I don't know who that is."))).toEqual({ claims: [], abstains: true });
    expect(splitClaims(read('Paris is a city.')).abstains).toBe(false);
  });

  it('points at the sentence in the response', () => {
    const text = 'Hello there!\n\n- Paris is a city.';
    const [claim] = splitClaims(read(text)).claims;
    expect(text.slice(claim!.start, claim!.end)).toBe('Paris is a city.');
  });

  it('takes any text', () => {
    for (const text of [
      '',
      '   ',
      '\n\n',
      '。',
      '```js\nx()\n```',
      'a'.repeat(50_000),
      'and and and ; ; who is'.repeat(500),
    ]) {
      expect(splitClaims(read(text)).claims.length).toBeGreaterThanOrEqual(0);
    }
  });
});
