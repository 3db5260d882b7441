export type Environment = Readonly<Record<string, string | undefined>>;

const variable = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** Replaces `${NAME}` from the environment; a variable that is not set becomes empty. */
export function expandVariables(text: string, env: Environment): string {
  return text.replace(variable, (_, name: string) => env[name] ?? '');
}

/** Names of the variables that a text asks for and that are not set. */
export function missingVariables(text: string, env: Environment): readonly string[] {
  return [...text.matchAll(variable)].map((match) => match[1]!).filter((name) => !env[name]);
}
