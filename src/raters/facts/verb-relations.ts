import type { Statement } from './read-statement.ts';
import type { SourceStatement } from './source-statement.ts';

/** Verbs implied by a verb: who starred in a film appeared in it. The relation is directed. */
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
/** "served as a minister" implies "was a minister". */
const roleVerbs: ReadonlySet<string> = new Set(['serve', 'work']);

/** Whether the source's verb implies the claim's verb. */
export function verbFollows(claim: Statement, source: SourceStatement): boolean {
  const [claimed, stated] = [claim.verb!, source.verb!];
  if (claimed.lemma === 'be') {
    return source.known.has('be') || takesARole(source);
  }
  if (claim.passive !== source.passive) return false;
  if (claimed.lemma === stated.lemma || (follows[stated.lemma]?.includes(claimed.lemma) ?? false))
    return true;
  return (
    prizeVerbs.has(claimed.lemma) &&
    prizeVerbs.has(stated.lemma) &&
    [...prizes].some((prize) => source.known.has(prize))
  );
}

/** Whether a word governed by `governor` in the source may be governed by `verb` in a claim implied by it. */
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
