/** Exit codes for shells and CI. A documented contract: never renumber. */
export const exitCodes = {
  ok: 0,
  /** The answer is no: a gate failed, a trigger fires, an attack succeeded. Each command's help says which. */
  negative: 1,
  usage: 2,
  inconclusive: 3,
  credentials: 4,
  provider: 5,
  budget: 6,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
