import type { JudgeFlags } from '../judge-options.ts';

export interface EvaluationFlags extends JudgeFlags {
  readonly limit?: string;
  readonly principles: string;
  readonly samples: string;
  readonly reason: string;
  readonly seed: string;
  readonly concurrency: string;
  readonly store: string;
  readonly json?: true;
}

export interface RevisionFlags {
  readonly retryErrors?: true;
  readonly json?: true;
}
