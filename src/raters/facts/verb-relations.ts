import type { Statement } from './read-statement.ts';
import type { SourceStatement } from './source-statement.ts';

/** What follows from a verb: who starred in a film has appeared in it. Not the other way round unless it says so too. */
const follows: Readonly<Record<string, readonly string[]>> = {
  star: ['appear', 'act'],
  portray: ['play'],
  begin: ['start'],
  start: ['begin'],
  found: ['establish'],
  establish: ['found'],
  call: ['title'],
  name: ['title'],
  title: ['call', 'name'],
  author: ['write'],
  write: ['author'],
  graduate: ['attend', 'study'],
  attend: ['study'],
};
const prizeVerbs: ReadonlySet<string> = new Set(['win', 'earn', 'receive']);
const prizes: ReadonlySet<string> = new Set(
  'award awards prize medal trophy emmy grammy oscar bafta championship'.split(' '),
);
/** "served as a minister": he was one. */
const roleVerbs: ReadonlySet<string> = new Set(['serve', 'work']);

/** Whether what the source's verb says makes the claim's verb true. */
export function verbFollows(claim: Statement, source: SourceStatement): boolean {
  const [wanted, said] = [claim.verb!, source.verb!];
  if (wanted.lemma === 'be') {
    return source.known.has('be') || takesARole(source);
  }
  if (claim.passive !== source.passive) return false;
  if (wanted.lemma === said.lemma || (follows[said.lemma]?.includes(wanted.lemma) ?? false)) return true;
  return (
    prizeVerbs.has(wanted.lemma) &&
    prizeVerbs.has(said.lemma) &&
    [...prizes].some((prize) => source.known.has(prize))
  );
}

/** Whether a word behind the source's verb `governor` may stand behind `verb` in a claim whose verb follows from it. */
export function governs(
  verb: string,
  governor: string | undefined,
  claim: Statement,
  source: SourceStatement,
) {
  if (governor === verb) return true;
  if (verb !== claim.verb!.lemma || governor !== source.verb!.lemma) return false;
  return verb === 'be' ? takesARole(source) : true;
}

function takesARole({ verb, sentence: { tokens } }: SourceStatement): boolean {
  return roleVerbs.has(verb!.lemma) && tokens[tokens.indexOf(verb!) + 1]?.lower === 'as';
}
