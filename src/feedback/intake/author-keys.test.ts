import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../domain/errors.ts';
import { readAuthorKeys } from './author-keys.ts';

const first = 'the first key, thirty-two or more characters';
const second = 'the second key, thirty-two or more characters';

describe('readAuthorKeys', () => {
  it('gives one pseudonym per author and key', () => {
    const keys = readAuthorKeys({ QUORATE_AUTHOR_KEY: first });
    expect(keys.pseudonymOf('jo')).toBe(keys.pseudonymOf('jo'));
    expect(keys.pseudonymOf('jo')).not.toBe(keys.pseudonymOf('Jo'));
    const other = readAuthorKeys({ QUORATE_AUTHOR_KEY: second });
    expect(other.pseudonymOf('jo')).not.toBe(keys.pseudonymOf('jo'));
  });

  it('uses the newest key after a rotation, and still finds older pseudonyms', () => {
    const before = readAuthorKeys({ QUORATE_AUTHOR_KEY: first });
    const after = readAuthorKeys({ QUORATE_AUTHOR_KEY_V2: second, QUORATE_AUTHOR_KEY: first });
    expect(after.pseudonymOf('jo')).toMatch(/^k2:/);
    expect(after.allPseudonymsOf('jo')).toEqual([after.pseudonymOf('jo'), before.pseudonymOf('jo')]);
  });

  it.each([
    [{}, /there is no key.*QUORATE_AUTHOR_KEY/],
    [{ QUORATE_AUTHOR_KEY: '' }, /there is no key/],
    [{ QUORATE_AUTHOR_KEY: 'short' }, /too short: 5 characters/],
    [{ QUORATE_AUTHOR_KEY: first, QUORATE_AUTHOR_KEY_V2: 'x' }, /QUORATE_AUTHOR_KEY_V2 is too short/],
  ])('rejects %j with a hint for creating a key', (env, message) => {
    let thrown: unknown;
    try {
      readAuthorKeys(env);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ConfigError);
    expect((thrown as ConfigError).message).toMatch(message);
    expect((thrown as ConfigError).hint).toContain('openssl rand -hex 32');
  });
});
