import { Command, CommanderError } from 'commander';
import { version } from '../files/version.ts';
import type { ProgramCommand, RunAction } from './command.ts';
import { commands } from './command-list.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { describeModule } from './help.ts';
import type { CommandIo } from './io.ts';
import { rejectRenamedFlags } from './renamed-flags.ts';
import { reportError } from './report-error.ts';

/** Runs the program once, as a shell would; never exits the process. @returns the exit code. */
export async function runProgram(
  argv: readonly string[],
  io: CommandIo,
  modules: readonly ProgramCommand[] = commands,
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
    .description('LLM-as-judge RLAIF engine: calibrated preference data from a panel of raters.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(add --help for the options)')
    .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.err(text) });
  for (const module of modules) {
    module.register(program, run);
    describeModule(program.commands.at(-1)!, module);
  }
  try {
    rejectRenamedFlags(argv);
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) return reportError(io, error);
    return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  }
  return code;
}
