import { Command, CommanderError } from 'commander';
import { ConfigError, InputError, QuorateError, StoreError } from '../domain/errors.ts';
import { ProviderError } from '../domain/provider-error.ts';
import { version } from '../files/version.ts';
import type { ProgramCommand, RunAction } from './command.ts';
import { commands } from './command-list.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { type CommandIo, note } from './io.ts';
import { rejectRenamedFlags } from './renamed-flags.ts';

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

/** Prints the problem and the remedy on stderr. @returns the exit code. */
function reportError(io: CommandIo, error: unknown): ExitCode {
  if (isAbort(error) && io.signal.aborted) {
    note(io, 'Interrupted. The same command continues where it stopped.');
    return exitCodes.interrupted;
  }
  if (error instanceof ConfigError) {
    for (const mistake of error.mistakes) {
      note(io, `${mistake.file}:${mistake.line}:${mistake.column}: ${mistake.message}`);
      if (mistake.hint !== undefined) note(io, `  ${mistake.hint}`);
    }
  }
  if (QuorateError.isInstance(error)) {
    note(io, `quorate: ${error.message}`);
    if (error.hint !== undefined) note(io, `  ${error.hint}`);
    return codeOf(error);
  }
  const system = error as NodeJS.ErrnoException;
  if (typeof system?.code === 'string' && typeof system.syscall === 'string') {
    note(io, `quorate: ${system.message}`);
    return exitCodes.usage;
  }
  throw error;
}

function codeOf(error: QuorateError): ExitCode {
  if (error instanceof ProviderError)
    return error.kind === 'auth' ? exitCodes.credentials : exitCodes.provider;
  if (error instanceof ConfigError || error instanceof InputError || error instanceof StoreError)
    return exitCodes.usage;
  return error.code === 'budget' ? exitCodes.budget : exitCodes.usage;
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError');
}

/** The group, the exit codes and the examples of a command, in its help; also for the reference. */
export function describeModule(command: Command, module: ProgramCommand): void {
  command.helpGroup(`${module.group}:`);
  const exits = Object.entries(module.exits ?? {}).map(([code, meaning]) => `  ${code}  ${meaning}\n`);
  if (exits.length > 0) command.addHelpText('after', `\nExit codes:\n${exits.join('')}`);
  const lines = module.examples.map((text) => `  $ ${text}\n`);
  command.addHelpText('after', `\nExamples:\n${lines.join('')}`);
}
