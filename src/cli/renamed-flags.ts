import { ConfigError } from '../domain/errors.ts';

/** What to use instead of a flag of an earlier version, by command and old spelling. */
const renamedFlags: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  reconcile: { '--model': '--rater-model' },
  simulate: { '--no-teach': '--no-fit-labels' },
  gate: {
    '--job': '--gate',
    '--write-result': '--report',
    '--write-votes': '--votes-out',
    '--write-baseline': '--baseline-out',
  },
  export: { '--report': '--reconciliation' },
  train: { '--again': '--rerun' },
  triggers: { '--config': '--loop', '--fire': '--ack' },
  'ab assign': { '--config': '--loop' },
  'ab readout': { '--config': '--loop' },
  'models promote': { '--gate': '--gate-report' },
  'feedback stats': { '--by': '--breakdown', '--k': '--min-group-size' },
  'feedback merge': { '--k': '--min-group-size' },
  'feedback clean': { '--config': '--settings' },
  'feedback understand': { '--config': '--settings' },
  'feedback route': { '--config': '--settings' },
  'constitution eval': {
    '--principles': '--principles-per-pair',
    '--reason': '--reason-words',
    '--store': '--replies',
  },
  'facts check': { '--no-own': '--no-item-evidence', '--target': '--max-claims' },
  'facts eval': { '--store': '--replies' },
};

/** Commands whose file was an argument in an earlier version. */
const formerArguments: Readonly<Record<string, string>> = { train: '--loop', loop: '--loop' };

/** @throws ConfigError naming the new spelling, where a command line has an old one */
export function rejectRenamedFlags(argv: readonly string[]): void {
  rejectFormerArgument(argv);
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

function rejectFormerArgument([command = '', file]: readonly string[]): void {
  if (!Object.hasOwn(formerArguments, command) || file === undefined || file.startsWith('-')) return;
  throw new ConfigError(
    `quorate ${command} no longer takes a file as its argument: use ${formerArguments[command]} ${file}`,
  );
}
