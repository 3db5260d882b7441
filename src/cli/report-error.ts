import { ConfigError, InputError, QuorateError, StoreError } from '../domain/errors.ts';
import { ProviderError } from '../domain/provider-error.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { type CommandIo, note } from './io.ts';

/** Prints the problem and the remedy on stderr. @returns the exit code. */
export function reportError(io: CommandIo, error: unknown): ExitCode {
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
