import { Command, CommanderError } from 'commander';
import { version } from '../files/version.ts';
import type { CommandModule, RunAction } from './command.ts';
import { commands } from './command-list.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import type { CommandIo } from './io.ts';
import { reportError } from './report-error.ts';

/** Runs the program once, as a shell would; never exits the process by itself. @returns the exit code. */
export async function runProgram(
  argv: readonly string[],
  io: CommandIo,
  modules: readonly CommandModule[] = commands,
): Promise<ExitCode> {
  let code: ExitCode = exitCodes.ok;
  const run: RunAction =
    (action) =>
    async (...args) => {
      try {
        code = await action(io, ...args);
      } catch (error) {
        code = reportError(io, error);
      }
    };
  const program = new Command('quorate')
    .description(
      'LLM-as-judge RLAIF engine: many raters in, preference data with a probability you can believe out.',
    )
    .version(version)
    .exitOverride()
    .showHelpAfterError('(add --help for the options)')
    .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.err(text) });
  for (const module of modules) module.register(program, run);
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  }
  return code;
}
