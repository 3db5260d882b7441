import type { Command } from 'commander';
import type { ExitCode } from './exit-codes.ts';
import type { CommandIo } from './io.ts';

/** The groups of `quorate --help`, in their order. */
export const commandGroups = ['Judge', 'Analyse', 'Ship', 'Human feedback', 'Parts'] as const;
export type CommandGroup = (typeof commandGroups)[number];

/**
 * A command or subcommand. Its file imports nothing heavy at the top: what the command needs is imported
 * inside its action, so that `quorate --version` stays quick. The action returns the exit code.
 */
export interface CommandModule {
  readonly name: string;
  register(program: Command, run: RunAction): void;
}

/** A command of the program itself, with what its help says below the options. */
export interface ProgramCommand extends CommandModule {
  readonly group: CommandGroup;
  /** Complete command lines. */
  readonly examples: readonly [string, string, ...string[]];
  /** What an exit code means for this command, where the general meaning does not say it. */
  readonly exits?: Readonly<Partial<Record<ExitCode, string>>>;
}

/** Wraps an action: gives it the io, keeps its exit code, turns its errors into messages. */
export type RunAction = <A extends readonly unknown[]>(
  action: (io: CommandIo, ...args: A) => Promise<ExitCode>,
) => (...args: A) => Promise<void>;
