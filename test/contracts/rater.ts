import { describe, it } from 'vitest';
import { registerChecks } from '../../src/testing/check.ts';
import { raterContract as checksOf, type RaterUnderTest } from '../../src/testing/rater-contract.ts';

/** The public contract of raters, as tests of this project. */
export function raterContract({ name, ...under }: RaterUnderTest & { readonly name: string }): void {
  registerChecks({ describe, it }, `rater contract: ${name}`, checksOf(under));
}
