import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Passage } from '../../ports/retriever.ts';
import { createClaimChecker } from './check-claim.ts';
import { openLanguageModel } from './language-model.ts';

let verdict: (claim: string, evidence: string) => string;
beforeAll(async () => {
  const check = createClaimChecker(await openLanguageModel());
  verdict = (claim, text) => {
    const passage: Passage = { id: 'p', source: 's', start: 0, end: text.length, text, score: 1 };
    return check(claim, [passage]).verdict;
  };
});

const slots = {
  first: ['Ada', 'Grace', 'Mary', 'Alan', 'Robert', 'Helen'],
  last: ['Lovelace', 'Hopper', 'Jackson', 'Turing', 'Keller', 'Franklin'],
  place: ['London', 'Paris', 'Vienna', 'Boston', 'Dublin', 'Lisbon'],
  month: ['January', 'March', 'May', 'June', 'October', 'December'],
  day: ['3', '7', '12', '19', '21', '30'],
  year: ['1815', '1852', '1906', '1912', '1954', '1992'],
  number: ['2', '4', '7', '12', '20', '35'],
} as const;
type Slot = keyof typeof slots;
type Values = Readonly<Record<Slot, string>>;

/** What is said, and how a source says it in other words. */
const statements: readonly (readonly [claim: string, ...evidence: string[]])[] = [
  [
    '{first} {last} was born on {day} {month} {year} in {place}.',
    '{first} {last} was born in {place} on {month} {day}, {year}.',
    '{first} Augusta {last} (born {day} {month} {year} in {place}) was a mathematician.',
  ],
  [
    'Sir {first} {last} died in {place} in {year}.',
    'Sadly, {first} {last} died in {place} in {month} {year}.',
  ],
  ['{first} {last} won {number} awards.', 'In {place} {first} {last} received {number} awards.'],
  [
    '{first} {last} was the mayor of {place} in {year}.',
    '{first} {last} served as the mayor of {place} in {year}.',
  ],
  ['{first} Marie {last} wrote books about {place}.', '{first} {last} wrote several books about {place}.'],
  ['{first} {last} works in {place}.', '{first} {last} primarily works in {place}.'],
  [
    '{first} {last} appeared in {number} films about {place}.',
    '{first} {last} has starred in {number} films about {place}.',
  ],
];
const fill = (template: string, values: Values) =>
  template.replace(/\{(\w+)\}/g, (_all, slot: Slot) => values[slot]);

const values = fc.record(
  Object.fromEntries(
    Object.entries(slots).map(([slot, choices]) => [slot, fc.constantFrom(...choices)]),
  ) as unknown as { [S in Slot]: fc.Arbitrary<string> },
);
const said = fc
  .constantFrom(...statements)
  .chain(([claim, ...evidence]) =>
    fc.record({ claim: fc.constant(claim), evidence: fc.constantFrom(...evidence), values }),
  );

describe('a supported claim', () => {
  it('is one in other words', () => {
    fc.assert(
      fc.property(said, ({ claim, evidence, values: known }) => {
        expect(verdict(fill(claim, known), fill(evidence, known))).toBe('supported');
      }),
    );
  });

  it('is supported no more with another number, date or name', () => {
    const mutated = said.chain((one) => {
      const used = [...one.claim.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as Slot);
      return fc.constantFrom(...used).chain((slot) =>
        fc.record({
          ...{ claim: fc.constant(one.claim), evidence: fc.constant(one.evidence) },
          ...{ known: fc.constant(one.values), slot: fc.constant(slot) },
          other: fc.constantFrom(...slots[slot].filter((choice) => choice !== one.values[slot])),
        }),
      );
    });
    fc.assert(
      fc.property(mutated, ({ claim, evidence, known, slot, other }) => {
        expect(verdict(fill(claim, { ...known, [slot]: other }), fill(evidence, known))).not.toBe(
          'supported',
        );
      }),
      { numRuns: 400 },
    );
  });

  const verb = / (was|died|won|wrote|works|appeared) /;
  const turns: Readonly<Record<string, (claim: string) => string>> = {
    never: (claim) => claim.replace(verb, ' never $1 '),
    only: (claim) => `Only ${claim}`,
    nearly: (claim) => claim.replace(verb, ' nearly $1 '),
    reportedly: (claim) => claim.replace(verb, ' reportedly $1 '),
    'another person': (claim) => claim.replace(verb, "'s father $1 "),
    'another town': (claim) => claim.replace(/\.$/, ' and Timbuktu.'),
    most: (claim) => claim.replace(/ (awards|books|films)/, ' of the most $1').replace(verb, ' always $1 '),
    'two of them': (claim) => claim.replace(/ /, ' and George '),
  };
  it.each(Object.keys(turns))('is supported no more with %s', (turn) => {
    fc.assert(
      fc.property(said, ({ claim, evidence, values: known }) => {
        expect(verdict(turns[turn]!(fill(claim, known)), fill(evidence, known))).not.toBe('supported');
      }),
    );
  });

  it.each([
    'Nobody says that {said}',
    'It is not true that {said}',
    'It is unclear whether {said}',
    'Allegedly, {said}',
    'According to a hoax, {said}',
  ])('is supported by no source that writes "%s"', (frame) => {
    fc.assert(
      fc.property(said, ({ claim, evidence, values: known }) => {
        const text = frame.replace('{said}', fill(evidence, known));
        expect(verdict(fill(claim, known), text)).not.toBe('supported');
      }),
    );
  });
});
