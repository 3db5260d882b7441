import { beforeAll, describe, expect, it } from 'vitest';
import type { Passage } from '../../ports/retriever.ts';
import { createClaimChecker } from './check-claim.ts';
import type { CheckClaim } from './claim.ts';
import { openLanguageModel } from './language-model.ts';

let check: CheckClaim;
beforeAll(async () => {
  check = createClaimChecker(await openLanguageModel());
});

function passage(text: string): Passage {
  return { id: 'p', source: 'doc.md', start: 100, end: 100 + text.length, text, score: 1 };
}

const cases = [
  ['supported', 'Ada Lovelace was born in London.', 'Ada Lovelace was born in London in 1815.'],
  ['supported', 'Ada Lovelace was born in 1815.', 'Ada Lovelace was a mathematician. She was born in 1815.'],
  ['supported', 'The bridge has two towers.', 'The bridge has 2 towers.'],
  ['refuted', 'Ada Lovelace was born in 1816.', 'Ada Lovelace was born in 1815 in London.'],
  ['refuted', 'The bridge has three towers.', 'The bridge has two towers.'],
  ['refuted', 'The drug is safe for children.', 'The drug is not safe for children.'],
  ['refuted', 'The drug is not safe for children.', 'The drug is safe for children.'],
  // other words that say it
  ['supported', 'Vanessa Nuala Kirby is an actress.', 'Vanessa Kirby is an actress.'],
  ['supported', 'Sir Oliver Letwin PC FRSA is a politician.', 'Oliver Letwin is a politician.'],
  ['supported', 'Regina Martinez was a journalist.', 'Regina Martínez was a journalist.'],
  ['supported', 'Kirby was born in May 1988.', 'Kirby (born 18 May 1988 in Wimbledon) is an actress.'],
  ['supported', 'Letwin was the minister for schools.', 'Letwin served as the minister for schools.'],
  ['supported', 'Kirby has appeared in The Crown.', 'Kirby has starred in The Crown.'],
  ['supported', 'Clemente won 12 Gold Glove awards.', 'Clemente earned twelve Gold Glove awards.'],
  ['supported', 'Harrer wrote books.', 'Harrer wrote several more books.'],
  ['refuted', 'Sakamoto was born on January 10, 1942.', 'Sakamoto was born on December 10, 1941.'],
  // and that do not
  ['unverifiable', 'Michael B. Jordan is an actor.', 'Michael Jordan is an actor.'],
  ['unverifiable', 'Sammy Davis Jr. was a singer.', 'Sammy Davis was a singer.'],
  ['unverifiable', 'The World Chess Championship began in 1886.', 'The World Championship began in 1886.'],
  ['unverifiable', 'Kirby has starred in The Crown.', 'Kirby has appeared in The Crown.'],
  ['unverifiable', 'Harrer read books.', 'Harrer did not read many books.'],
  ['unverifiable', 'Harrer finished the route.', 'Harrer finished several of the route maps.'],
  ['unverifiable', 'Brown was born around 1961.', 'Brown was born on April 18, 1960.'],
  ['unverifiable', 'Kirby has appeared in 12 films.', 'Kirby has starred in 3 films.'],
  ['unverifiable', 'The album was released in 2013.', 'The album was released in 2015.'],
  ['unverifiable', 'Dune was released on May 1, 2021.', 'Dune was released on October 22, 2021.'],
  ['unverifiable', 'Dune was published in 1966.', 'Dune was originally published in 1965.'],
  ['unverifiable', 'Robert Haldane Smith was born in 1944.', 'Robert Smith was born in 1959.'],
  ['unverifiable', 'Kirby has appeared in The Crown.', 'Kirby has not starred in The Crown.'],
  ['unverifiable', 'Kirby has not appeared in The Crown.', 'Kirby has not starred in The Crown.'],
  ['refuted', 'Kirby has not appeared in The Crown.', 'Kirby has starred in The Crown.'],
  ['unverifiable', 'Kirby did not win prizes.', 'Kirby did not win prizes in 1990.'],
  ['unverifiable', 'Kirby did not win prizes.', 'Vanessa Kirby did not win prizes in London.'],
  ['unverifiable', 'Kirby won prizes.', 'Kirby did not win prizes in 1990.'],
  ['unverifiable', 'Man has released 30 albums.', 'Man has released over 22 albums.'],
  ['unverifiable', 'Harrer visits Graz.', 'Harrer rarely visits Graz.'],
  // the same words, and no support
  ['unverifiable', 'Rome defeated Carthage.', 'Carthage defeated Rome.'],
  ['unverifiable', 'The dog was bitten by the man.', 'The dog bit the man.'],
  ['unverifiable', 'Plants take in oxygen.', 'Plants take in carbon dioxide and release oxygen.'],
  ['unverifiable', 'Ada was born in Paris.', 'Ada was born in London and died in Paris.'],
  ['unverifiable', 'All members voted for the law.', 'Members voted for the law.'],
  ['unverifiable', 'She won the prize.', 'She nearly won the prize.'],
  ['unverifiable', 'The company was acquired.', 'The company may be acquired.'],
  ['unverifiable', 'Smith died in 1990.', 'His father died in 1990.'],
  ['unverifiable', 'Only Smith knew the code.', 'Smith knew the code.'],
  // another number that need not contradict
  [
    'unverifiable',
    'He spent four seasons in the league.',
    'He spent three seasons in the league with the Brewers of Milwaukee.',
  ],
  ['unverifiable', 'She won the race in 1990.', 'She won the race in 1992.'],
  ['unverifiable', 'The bridge has three towers.', 'The bridge has at least two towers.'],
  ['unverifiable', 'Paris has a river.', 'The weather was cold.'],
] as const;

describe('the checker without a model', () => {
  it.each(cases)('%s: %s | %s', (verdict, claim, evidence) => {
    expect(check(claim, [passage(evidence)]).verdict).toBe(verdict);
  });

  it('quotes the sentence that decided, with its place in the source', () => {
    const text = 'Nothing here. The bridge has two towers. More.';
    expect(check('The bridge has three towers.', [passage(text)])).toEqual({
      verdict: 'refuted',
      reason: 'the evidence says two, not three',
      evidence: { source: 'doc.md', start: 114, end: 140, text: 'The bridge has two towers.' },
    });
  });

  it('gives the place of the passage where its text is not the characters of the source', () => {
    const page = { ...passage('The owl has two eyes & a beak. It flies.'), start: 50, end: 130 };
    expect(check('The owl has two eyes.', [page]).evidence).toEqual({
      source: 'doc.md',
      start: 50,
      end: 130,
      text: 'The owl has two eyes & a beak.',
    });
  });

  it('prefers support over a contradiction elsewhere, and says when there is no evidence', () => {
    const passages = [passage('The bridge has two towers.'), passage('The bridge has three towers.')];
    expect(check('The bridge has three towers.', passages).verdict).toBe('supported');
    expect(check('The bridge has three towers.', [])).toEqual({
      verdict: 'unverifiable',
      reason: 'no evidence',
    });
  });
});
