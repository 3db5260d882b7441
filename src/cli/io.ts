/** Where a command reads and writes; passed in, so that commands are tested without a process. */
export interface CommandIo {
  /** Data, for a pipe. */
  out(text: string): void;
  /** Messages and progress. */
  err(text: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that relative paths start from. */
  readonly cwd: string;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
}

export function line(io: CommandIo, text = ''): void {
  io.out(`${text}\n`);
}

export function note(io: CommandIo, text = ''): void {
  io.err(`${text}\n`);
}
