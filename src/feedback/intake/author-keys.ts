import { createHmac } from 'node:crypto';
import { checkArgument } from '../../domain/check-argument.ts';
import { ConfigError } from '../../domain/errors.ts';

/**
 * Turns author ids into pseudonyms that cannot be reversed without the key.
 * @example
 * const keys: AuthorKeys = readAuthorKeys(process.env);
 * console.log(keys.pseudonymOf('ann@example.org')); // k1: and 32 hexadecimal digits
 */
export interface AuthorKeys {
  /** `k<version>:` and 32 hexadecimal digits of HMAC-SHA-256, under the newest key. */
  pseudonymOf(author: string): string;
  /** The pseudonyms under all keys, newest first: an erasure must look for each of them. */
  allPseudonymsOf(author: string): readonly string[];
  /** The key with which an application's server signs its authors; rotations do not change it for a token. */
  signingKey(token: string): string;
}

const variable = 'QUORATE_AUTHOR_KEY';
const shortestKey = 32;

/** Pattern of a pseudonym; never accepted as an external author id. */
export const pseudonymPattern = /^k\d+:[0-9a-f]{32}$/;

/**
 * Reads the keys of author pseudonyms: QUORATE_AUTHOR_KEY is version 1, QUORATE_AUTHOR_KEY_V2 and so on follow a rotation. New
 * pseudonyms use the highest version; older keys must be kept as long as their events.
 * @throws ConfigError for a missing or a short key
 * @example
 * const keys = readAuthorKeys({ QUORATE_AUTHOR_KEY: 'at least thirty-two characters long' });
 */
export function readAuthorKeys(env: Readonly<Record<string, string | undefined>>): AuthorKeys {
  checkArgument('env', env, 'object');
  const keys = Object.entries(env)
    .flatMap(([name, key]) => {
      const version = versionOf(name);
      return version === null || key === undefined || key === '' ? [] : [{ name, version, key }];
    })
    .sort((a, b) => b.version - a.version);
  if (keys.length === 0) {
    throw new ConfigError(`there is no key for author pseudonyms: set ${variable}`, [], {
      hint: `make one once and keep it with your secrets: export ${variable}=$(openssl rand -hex 32)`,
    });
  }
  for (const { name, key } of keys) {
    if (key.length < shortestKey) {
      throw new ConfigError(`${name} is too short: ${key.length} characters, at least ${shortestKey}`, [], {
        hint: `make one: export ${name}=$(openssl rand -hex 32)`,
      });
    }
  }
  const named = ({ version, key }: (typeof keys)[number], author: string) =>
    `k${version}:${createHmac('sha256', key).update(`author:${author}`).digest('hex').slice(0, 32)}`;
  return {
    pseudonymOf: (author) => named(keys[0]!, author),
    allPseudonymsOf: (author) => keys.map((key) => named(key, author)),
    signingKey: (token) => createHmac('sha256', keys.at(-1)!.key).update(`sign:${token}`).digest('hex'),
  };
}

function versionOf(name: string): number | null {
  if (name === variable) return 1;
  const version = /^QUORATE_AUTHOR_KEY_V([2-9]|[1-9]\d{1,3})$/.exec(name)?.[1];
  return version === undefined ? null : Number(version);
}
