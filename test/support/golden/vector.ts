import { expect } from 'vitest';

/** One reference vector: what a published or reference implementation gives for an input. */
export interface StatVector {
  readonly area: string;
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: each area has its own shape, read by its own check
  readonly input: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly expected: any;
  readonly tol: number;
}

export type VectorCheck = (vector: StatVector) => void;

export function near(received: number, expected: number, tolerance: number): void {
  expect(Math.abs(received - expected), `received ${received}, expected ${expected}`).toBeLessThanOrEqual(
    tolerance,
  );
}

export function allNear(received: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  expect(received.length).toBe(expected.length);
  expected.forEach((value, index) => {
    near(received[index]!, value, tolerance);
  });
}

/** The value of an estimate that must be defined. */
export function definedValue<T>(estimate: { readonly defined: boolean; readonly value?: T }): T {
  expect(estimate.defined).toBe(true);
  return estimate.value as T;
}
