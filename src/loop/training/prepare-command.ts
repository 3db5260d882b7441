import { ConfigError } from '../../domain/errors.ts';

/** Variables that every configured command receives: none of them can hold a key. */
const basicNames = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TMPDIR', 'TZ', 'USER'];

/** The environment of a command: the basic variables, the configured ones, and those that Quorate sets. */
export function commandEnvironment(
  all: Readonly<Record<string, string | undefined>>,
  names: readonly string[],
  ours: Readonly<Record<string, string>>,
): Record<string, string> {
  const given = [...basicNames, ...names].flatMap((name) => {
    const value = all[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(given), ...ours };
}

/** Replaces `{name}` by its value. @throws ConfigError for an unknown name */
export function fillPlaceholders(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) {
      throw new ConfigError(`"${text}" has the unknown placeholder {${name}}`, [], {
        hint: `placeholders: ${Object.keys(values)
          .map((known) => `{${known}}`)
          .join(' ')}`,
      });
    }
    return value;
  });
}
