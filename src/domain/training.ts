/** One run of the training command. */
export interface TrainingAttempt {
  readonly number: number;
  /** RFC 3339, UTC. */
  readonly started_at: string;
  /** Goes on where the attempt before it stopped. */
  readonly resumes: boolean;
  readonly ended_at?: string;
  /** `exited`: the command ended by itself; `vanished`: it died with its supervisor, for example with the machine. */
  readonly end?: 'exited' | 'vanished' | 'timeout' | 'interrupted';
  /** Exit code, where it ended by itself; above 128: by that signal. */
  readonly exit_code?: number;
}

/** A training from the first attempt to the registered version. */
export interface Training {
  /** From what is trained on and how: the same again is the same training. */
  readonly id: string;
  readonly model: string;
  readonly status: 'running' | 'failed' | 'trained' | 'registered';
  readonly dataset: string;
  readonly dataset_hash: string;
  /** RFC 3339, UTC. */
  readonly created_at: string;
  readonly attempts: readonly TrainingAttempt[];
  /** Accepted preference pairs when it began; null where the loop names no preferences. */
  readonly accepted_pairs: number | null;
  /** The firing that asked for it. */
  readonly firing?: string;
  readonly artefact?: string;
  readonly metrics?: Readonly<Record<string, number>>;
  /** The version in the registry. */
  readonly version?: string;
  /** Why it failed. */
  readonly failure?: string;
}
