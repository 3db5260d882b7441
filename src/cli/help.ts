import type { Command } from 'commander';
import type { ProgramCommand } from './command.ts';

/** Puts complete command lines below the options of a command. Subcommands call it themselves. */
export function examples(command: Command, lines: readonly string[]): Command {
  return command.addHelpText('after', `\nExamples:\n${lines.map((text) => `  $ ${text}\n`).join('')}`);
}

/** The group, the exit codes and the examples of a command, in its help. */
export function describeModule(command: Command, module: ProgramCommand): void {
  command.helpGroup(`${module.group}:`);
  const exits = Object.entries(module.exits ?? {}).map(([code, meaning]) => `  ${code}  ${meaning}\n`);
  if (exits.length > 0) command.addHelpText('after', `\nExit codes:\n${exits.join('')}`);
  examples(command, module.examples);
}
