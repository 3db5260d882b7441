import { topLevelKeys } from './json-objects.ts';

/** Keys of a verdict by label. */
export const labelKeys = ['verdict', 'winner', 'preferred', 'preference', 'choice', 'better'] as const;
/** Keys of a verdict by score. */
export const scoreKeys = ['score', 'rating'] as const;
/** All keys of verdicts. */
export const verdictKeys: readonly string[] = [...labelKeys, ...scoreKeys, 'ranking', 'claims', 'judgements'];

/** Patterns before and after a literal key, with or without quotation marks of any kind. */
export const beforeKey = '["\'`´“”„‟‘’‚{,]\\s*';
export const afterKey = '["\'`´“”„‟‘’‚]?\\s*:';

/**
 * The first of `keys` that an object contains literally at its top level; `conflicting` if it occurs more than once,
 * including escaped forms. A key that appears only escaped, or only after repair, is ignored as hidden.
 *
 * @param valid the object as JSON.
 * @param written the object as the judge wrote it, before any repair
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
