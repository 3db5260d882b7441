/** One thing that an implementation must keep to: resolves where it does, throws an AssertionError where it does not. */
export interface Check {
  readonly name: string;
  run(): Promise<void>;
}

/** As much of a test runner as a contract needs: vitest, jest, mocha and node:test all have it. */
export interface TestRunner {
  describe(name: string, body: () => void): unknown;
  it(name: string, body: () => Promise<void>): unknown;
}

/**
 * Registers checks as tests.
 * @example
 * import { describe, it } from 'vitest';
 * registerChecks({ describe, it }, 'my rater', raterContract({ make: () => myRater, items }));
 */
export function registerChecks({ describe, it }: TestRunner, title: string, checks: readonly Check[]): void {
  describe(title, () => {
    for (const check of checks) it(check.name, () => check.run());
  });
}

export interface CheckResult {
  readonly name: string;
  /** Null where the check passed. */
  readonly error: Error | null;
}

/**
 * Runs checks without a test runner.
 * @example
 * const failed = (await runChecks(storeContract({ open }))).filter(({ error }) => error !== null);
 */
export async function runChecks(checks: readonly Check[]): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  for (const { name, run } of checks) {
    const error = await run().then(
      () => null,
      (thrown: unknown) => (thrown instanceof Error ? thrown : new Error(String(thrown))),
    );
    results.push({ name, error });
  }
  return results;
}
