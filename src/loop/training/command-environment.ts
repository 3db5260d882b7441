/** What a command of the user's sees without asking: nothing that could be a key. */
const basicNames = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TMPDIR', 'TZ', 'USER'];

/** The environment of a command: the basic variables, those it asks for by name, and ours. */
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
