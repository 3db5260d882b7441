import type { Example } from '../example.ts';

/** MUST stops an export, SHOULD warns, INFO is measured only. */
export type QualityLevel = 'MUST' | 'SHOULD' | 'INFO';

export interface QualityResult {
  readonly check: string;
  readonly level: QualityLevel;
  readonly status: 'pass' | 'warn' | 'fail' | 'not_measured';
  /** The measured number; null where nothing could be measured. */
  readonly value: number | null;
  readonly interval?: readonly [low: number, high: number];
  /** How many rows (or votes, or prompts) the number rests on. */
  readonly n: number;
  /** What was wanted, in words. */
  readonly target: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** One rule for training data: sees every row once, then says what it found. */
export interface QualityCheck {
  observe(example: Example): void;
  conclude(): QualityResult;
}

/** The status of a rule that holds or does not. */
export function statusOf(level: QualityLevel, holds: boolean): QualityResult['status'] {
  if (holds || level === 'INFO') return 'pass';
  return level === 'MUST' ? 'fail' : 'warn';
}

/** A result for data that the rule has nothing to say about. */
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
