import type { JudgeFlags } from '../judge-options.ts';

export interface EvaluationFlags extends JudgeFlags {
  readonly limit?: string;
  readonly principlesPerPair: string;
  readonly samples: string;
  readonly reasonWords: string;
  readonly seed: string;
  readonly concurrency: string;
  readonly replies: string;
  readonly json?: true;
}

export interface RevisionFlags {
  readonly retryErrors?: true;
  readonly json?: true;
}
