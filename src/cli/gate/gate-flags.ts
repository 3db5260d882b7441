/** What was typed behind `quorate gate`. */
export interface GateFlags {
  readonly candidate: string;
  readonly baseline?: string;
  readonly items?: string;
  readonly job?: string;
  readonly votes?: readonly string[];
  readonly labels?: readonly string[];
  readonly sequential?: boolean;
  readonly maxUsd?: string;
  readonly retryErrors?: boolean;
  readonly allowCommands?: boolean;
  readonly writeVotes?: string;
  readonly writeBaseline?: string;
  readonly writeResult?: string;
  readonly json?: boolean;
  readonly junit?: string;
  readonly markdown?: string;
  readonly html?: string;
  readonly annotations?: boolean;
}
