import { ConfigError } from '../domain/errors.ts';

/** What to use instead of a flag of an earlier version, by command and old spelling. */
const renamedFlags: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  reconcile: { '--model': '--rater-model' },
  simulate: { '--no-teach': '--no-fit-labels' },
};

/** @throws ConfigError naming the new spelling, where a command line has an old one */
export function rejectRenamedFlags(argv: readonly string[]): void {
  const flagsStart = argv.findIndex((word) => word.startsWith('-'));
  const end = argv.indexOf('--');
  const words = flagsStart === -1 ? [] : argv.slice(flagsStart, end === -1 ? undefined : end);
  const old = Object.entries(renamedFlags).filter(([command]) => argv.join(' ').startsWith(`${command} `));
  for (const [command, flags] of old) {
    for (const word of words) {
      const [flag = ''] = word.split('=');
      if (!Object.hasOwn(flags, flag)) continue;
      throw new ConfigError(`quorate ${command} no longer has ${flag}: use ${flags[flag]}`);
    }
  }
}
