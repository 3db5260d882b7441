/** One run of the training command. */
export interface TrainingAttempt {
  readonly number: number;
  /** RFC 3339, UTC. */
  readonly started_at: string;
  /** Resumes where the previous attempt stopped. */
  readonly resumes: boolean;
  readonly ended_at?: string;
  /** `exited`: the command ended; `vanished`: it died with its supervisor, for example in a machine crash. */
  readonly end?: 'exited' | 'vanished' | 'timeout' | 'interrupted';
  /** Exit code, if the command exited; 128 + n for signal n. */
  readonly exit_code?: number;
}

/** A training, from its first attempt to the registered version. */
export interface Training {
  /** Derived from data and settings: equal inputs are the same training. */
  readonly id: string;
  readonly model: string;
  readonly status: 'running' | 'failed' | 'trained' | 'registered';
  readonly dataset: string;
  readonly dataset_hash: string;
  /** RFC 3339, UTC. */
  readonly created_at: string;
  readonly attempts: readonly TrainingAttempt[];
  /** Accepted preference pairs at the start; null if the loop names no preferences. */
  readonly accepted_pairs: number | null;
  /** Id of the firing that started it. */
  readonly firing?: string;
  readonly artefact?: string;
  readonly metrics?: Readonly<Record<string, number>>;
  /** The version in the registry. */
  readonly version?: string;
  /** Why it failed. */
  readonly failure?: string;
}
