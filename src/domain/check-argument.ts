import { ConfigError } from './errors.ts';

const kinds = {
  string: [(value) => typeof value === 'string', 'a string'],
  name: [(value) => typeof value === 'string' && value !== '', 'a non-empty string'],
  'name or null': [
    (value) => value === null || (typeof value === 'string' && value !== ''),
    'a non-empty string or null',
  ],
  number: [(value) => typeof value === 'number' && !Number.isNaN(value), 'a number'],
  boolean: [(value) => typeof value === 'boolean', 'a boolean'],
  function: [(value) => typeof value === 'function', 'a function'],
  object: [(value) => typeof value === 'object' && value !== null && !Array.isArray(value), 'an object'],
  list: [Array.isArray, 'a list'],
  map: [(value) => value instanceof Map, 'a Map'],
  iterable: [
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      (Symbol.iterator in value || Symbol.asyncIterator in value),
    'a list or an iterable',
  ],
} as const satisfies Record<string, readonly [test: (value: unknown) => boolean, text: string]>;

type Kind = keyof typeof kinds;

/** The members that an object must have, by name; those that end in `?` may be missing. */
export interface Shape {
  readonly [member: string]: Kind | `${Kind}?` | Shape;
}

/**
 * Checks what a library caller gave, where types are not checked.
 * @throws ConfigError that names the argument or the member, with what was received
 * @example
 * checkArgument('experiment', experiment, { salt: 'string', arms: 'list' });
 */
export function checkArgument(
  name: string,
  value: unknown,
  expected: Kind | `${Kind}?` | Shape,
  hint?: string,
): void {
  if (typeof expected === 'object') {
    checkArgument(name, value, 'object', hint);
    const prefix = name === '' ? '' : `${name}.`;
    for (const [member, kind] of Object.entries(expected))
      checkArgument(`${prefix}${member}`, (value as Readonly<Record<string, unknown>>)[member], kind, hint);
    return;
  }
  if (expected.endsWith('?') && value === undefined) return;
  const [fits, text] = kinds[expected.replace(/\?$/, '') as Kind];
  if (fits(value)) return;
  throw new ConfigError(`${name || 'the input'} must be ${text}, received ${describe(value)}`, [], {
    ...(hint === undefined ? {} : { hint }),
  });
}

function describe(value: unknown): string {
  if (value === null || Number.isNaN(value)) return String(value);
  if (value === '') return 'an empty string';
  return Array.isArray(value) ? 'a list' : typeof value;
}
