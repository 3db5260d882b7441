import type { Example } from '../example.ts';

/** MUST stops an export, SHOULD warns, INFO is measured only. */
export type QualityLevel = 'MUST' | 'SHOULD' | 'INFO';

export interface QualityResult {
  readonly check: string;
  readonly level: QualityLevel;
  readonly status: 'pass' | 'warn' | 'fail' | 'not_measured';
  /** The measured value; null if nothing could be measured. */
  readonly value: number | null;
  readonly interval?: readonly [low: number, high: number];
  /** Number of rows (or votes, or prompts) measured. */
  readonly n: number;
  /** Human-readable requirement. */
  readonly target: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** One check of training data: sees every row once, then returns its result. */
export interface QualityCheck {
  observe(example: Example): void;
  conclude(): QualityResult;
}

/** The status of a check. */
export function statusOf(level: QualityLevel, holds: boolean): QualityResult['status'] {
  if (holds || level === 'INFO') return 'pass';
  return level === 'MUST' ? 'fail' : 'warn';
}

/** The result for data without any row of the check. */
export function notMeasured(
  check: string,
  level: QualityLevel,
  target: string,
  message: string,
): QualityResult {
  return { check, level, status: 'not_measured', value: null, n: 0, target, message };
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
