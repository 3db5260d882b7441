/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

const variable = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

/** Replaces `${NAME}` and `${NAME:-default}` from the environment; unset variables without a default become empty. */
export function expandVariables(text: string, env: Environment): string {
  return text.replace(
    variable,
    (_, name: string, fallback: string | undefined) => env[name] || (fallback ?? ''),
  );
}

/** Names of the variables in a text, each once. */
export function variableNames(text: string): readonly string[] {
  return [...new Set([...text.matchAll(variable)].map((match) => match[1]!))];
}

/** Names of the variables in a text that are unset and have no default. */
export function missingVariables(text: string, env: Environment): readonly string[] {
  return [...text.matchAll(variable)]
    .filter(([, name, fallback]) => !env[name!] && fallback === undefined)
    .map((match) => match[1]!);
}
