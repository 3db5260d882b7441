/** What a command's end means to the shell and to CI. A documented contract: never renumber. */
export const exitCodes = {
  ok: 0,
  gateFailed: 1,
  usage: 2,
  inconclusive: 3,
  credentials: 4,
  provider: 5,
  budget: 6,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
