import { checkArgument } from '../domain/check-argument.ts';

/**
 * One thing that an implementation must keep to: resolves where it does, throws an AssertionError where it does not.
 * @example
 * const check: Check = { name: 'has a name', run: async () => {} };
 */
export interface Check {
  readonly name: string;
  run(): Promise<void>;
}

/**
 * As much of a test runner as a contract needs: vitest, jest, mocha and node:test all have it.
 * @example
 * import { describe, it } from 'node:test';
 * const runner: TestRunner = { describe, it };
 */
export interface TestRunner {
  describe(name: string, body: () => void): unknown;
  it(name: string, body: () => Promise<void>): unknown;
}

/**
 * Registers checks as tests.
 * @example
 * import { describe, it } from 'vitest';
 * registerChecks({ describe, it }, 'memory', storeContract({ prepare: () => () => new MemoryStore() }));
 */
export function registerChecks(runner: TestRunner, title: string, checks: readonly Check[]): void {
  checkArgument('runner', runner, { describe: 'function', it: 'function' });
  checkArgument('title', title, 'name');
  checkArgument('checks', checks, 'list');
  const { describe, it } = runner;
  describe(title, () => {
    for (const check of checks) it(check.name, () => check.run());
  });
}

/**
 * The outcome of one check.
 * @example
 * const failed = (results: readonly CheckResult[]) => results.filter(({ error }) => error !== null);
 */
export interface CheckResult {
  readonly name: string;
  /** Null where the check passed. */
  readonly error: Error | null;
}

/**
 * Runs checks without a test runner.
 * @example
 * const results = await runChecks(storeContract({ prepare: () => () => new MemoryStore() }));
 * console.log(results.filter(({ error }) => error !== null));
 */
export async function runChecks(checks: readonly Check[]): Promise<readonly CheckResult[]> {
  checkArgument('checks', checks, 'list');
  const results: CheckResult[] = [];
  for (const [index, check] of checks.entries()) {
    checkArgument(`checks[${index}]`, check, { name: 'name', run: 'function' });
    const { name } = check;
    const error = await Promise.resolve(check.run()).then(
      () => null,
      (thrown: unknown) => (thrown instanceof Error ? thrown : new Error(String(thrown))),
    );
    results.push({ name, error });
  }
  return results;
}
