export interface EvaluationFlags {
  readonly job?: string;
  readonly judge?: string;
  readonly provider?: string;
  readonly model?: string;
  readonly baseUrl?: string;
  readonly keyEnv?: string;
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
