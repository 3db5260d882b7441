import { ConfigError } from '../../domain/errors.ts';

/** Replaces `{name}` by its value. @throws ConfigError for a name that has none */
export function fillPlaceholders(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) {
      throw new ConfigError(`"${text}" asks for {${name}}, which nothing fills in`, [], {
        hint: `placeholders: ${Object.keys(values)
          .map((known) => `{${known}}`)
          .join(' ')}`,
      });
    }
    return value;
  });
}
