import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { JudgeChoice } from '../app/choose-judge.ts';
import { ConfigError } from '../domain/errors.ts';
import type { CommandIo } from './io.ts';
import { numberOption } from './number-option.ts';

// Options that several commands have: one spelling, one meaning.

export function votesOption(command: Command, about = 'votes (JSONL, .gz)'): Command {
  return command.requiredOption('--votes <files...>', about);
}

export function itemsOption(
  command: Command,
  about = 'items (JSONL, .gz): categories, clusters, lengths and authors',
): Command {
  return command.option('--items <files...>', about);
}

export const aboutLabels = 'human or gold labels (JSONL, .gz), in the format of votes';

export function labelsOption(command: Command, about = aboutLabels): Command {
  return command.option('--labels <files...>', about);
}

export function ratersOption(command: Command): Command {
  return command.option('--raters <globs>', 'comma-separated names or globs; a leading ! excludes raters');
}

/** @param of what is drawn at random */
export function seedOption(command: Command, of: string): Command {
  return command.option('--seed <number>', `seed of ${of}`, '0');
}

export function jsonOption(command: Command, what: string): Command {
  return command.option('--json', `print ${what} as JSON on standard output`);
}

/** For a first try of a job. */
export function limitOption(command: Command): Command {
  return command.option('--limit <number>', 'only so many items, from the first on');
}

/** The number of `--limit`; none where the flag is absent. @throws ConfigError unless it is a whole number above 0 */
export function limitOf({ limit }: { readonly limit?: string }): { readonly limit?: number } {
  return limit === undefined ? {} : { limit: numberOption('--limit', limit, { whole: true, min: 1 }) };
}

/** Code runs with all rights of the user, so only the command line names it, never a job file. */
export function pluginOption(command: Command): Command {
  return command.option(
    '--plugin <files...>',
    'ES modules that export providers, raters, rules or formats; they run as part of this program',
  );
}

/** Consent to what the files of a project do, for this call only: for CI, where `quorate trust` was not run. */
export function trustOption(command: Command): Command {
  return command.option('--trust', 'agree to what the files do, for this call; see quorate trust');
}

/** The globs of `--raters`; undefined where the flag is absent. */
export function ratersOf({ raters }: { readonly raters?: string }): readonly string[] | undefined {
  return raters?.split(',').map((glob) => glob.trim());
}

/** @throws ConfigError unless it is a whole number */
export function seedOf({ seed }: { readonly seed: string }): number {
  return numberOption('--seed', seed, { whole: true });
}

/** Absolute paths of flags; `-` is standard input or output. */
export function pathsOf({ cwd }: CommandIo): (file: string) => string {
  return (file) => (file === '-' ? file : resolve(cwd, file));
}

/** @throws ConfigError naming the choices */
export function choiceOption<T extends string>(name: string, text: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === text);
  if (found !== undefined) return found;
  throw new ConfigError(`${name} must be one of ${choices.join(', ')}, received "${text}"`);
}

export interface JudgeFlags extends JudgeChoice {
  readonly trust?: boolean;
}

export function addJudgeOptions(command: Command): Command {
  return trustOption(pluginOption(command))
    .option('--job <job>', 'take the judge from this job file')
    .option('--judge <id>', 'which judge of the job; default: the first')
    .option('--provider <name>', 'instead of a job: the provider of the judge')
    .option('--model <model>', 'its model id, or the path of a GGUF file')
    .option('--base-url <url>', 'its base URL')
    .option('--key-env <name>', 'the environment variable with its key');
}
