import { topLevelKeys } from './json-objects.ts';

export const labelKeys = ['verdict', 'winner', 'preferred', 'preference', 'choice', 'better'] as const;
export const scoreKeys = ['score', 'rating'] as const;
/** Every key from which an opinion is read. */
export const verdictKeys: readonly string[] = [...labelKeys, ...scoreKeys, 'ranking', 'claims', 'judgements'];

/** What stands before and after a key that is spelled out, in marks of quotation of any kind or in none. */
export const beforeKey = '["\'`´“”„‟‘’‚{,]\\s*';
export const afterKey = '["\'`´“”„‟‘’‚]?\\s*:';

/**
 * The first of `keys` that an object spells out at its own level; `conflicting` where it does so more than once,
 * also in escapes. What is only written in escapes, or only comes out by mending, was not meant to be seen.
 *
 * @param valid the object as JSON.
 * @param written the object as the judge wrote it: another text where it had to be mended.
 */
export function statedKey<Key extends string>(
  keys: readonly Key[],
  valid: string,
  written: string,
): Key | 'conflicting' | null {
  const own = topLevelKeys(valid);
  const key = keys.find(
    (name) => own.includes(name) && new RegExp(`${beforeKey}${name}${afterKey}`).test(written),
  );
  if (key === undefined) return null;
  return own.filter((name) => unescaped(name) === key).length > 1 ? 'conflicting' : key;
}

function unescaped(name: string): string {
  return name.includes('\\') ? String(JSON.parse(`"${name}"`)) : name;
}
