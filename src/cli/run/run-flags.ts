/** What was typed behind `quorate run`. */
export interface RunFlags {
  readonly retryErrors?: boolean;
  readonly maxUsd?: string;
  readonly concurrency?: string;
  readonly out?: string;
  readonly allowCommands?: boolean;
  readonly json?: boolean;
}
