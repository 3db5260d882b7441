import type { Command } from 'commander';
import type { ExitCode } from './exit-codes.ts';
import type { CommandIo } from './io.ts';

/**
 * One command of the program. Its file imports nothing heavy at the top: what the command needs is imported
 * inside its action, so that `quorate --version` stays quick. The action returns the exit code.
 */
export interface CommandModule {
  readonly name: string;
  register(program: Command, run: RunAction): void;
}

/** Wraps an action: gives it the io, keeps its exit code, turns its errors into messages. */
export type RunAction = <A extends readonly unknown[]>(
  action: (io: CommandIo, ...args: A) => Promise<ExitCode>,
) => (...args: A) => Promise<void>;
