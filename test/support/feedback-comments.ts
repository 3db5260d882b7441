import type { Random } from '../../src/stats/random.ts';

const openings = [
  'the answer',
  'this reply',
  'the code',
  'your summary',
  'the second part',
  'the translation',
  'the table',
  'it',
];
const verdicts = [
  'was useful for',
  'misses',
  'explains',
  'gets wrong',
  'repeats',
  'ignores',
  'nails',
  'could not handle',
];
const subjects = [
  'the date of the contract',
  'my question about taxes',
  'the edge case with zero',
  'the tone I asked for',
  'the list of sources',
  'how the engine starts',
  'the recipe without nuts',
  'the unit conversion',
  'the name of the author',
  'the loop at the end',
];
const endings = [
  'and that is what I needed',
  'so I had to ask twice',
  'which is rare',
  'but the rest is fine',
  'as far as I can tell',
  'and I checked it in a book',
  'please look again',
  'my colleague agrees',
];
const terse = [
  'good',
  'thanks',
  'wrong',
  'ok',
  'no',
  'great answer',
  'not helpful',
  'perfect',
  'meh',
  'too long',
];

/** What a person might write, of about so many words; short ones are everybody's words. */
export function honestComment(random: Random, words: number): string {
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)]!;
  if (words < 5) return pick(terse);
  return `${pick(openings)} ${pick(verdicts)} ${pick(subjects)} ${pick(endings)} ${Math.floor(random() * 1000)}`;
}
