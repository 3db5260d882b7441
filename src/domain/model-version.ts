import type { GateResult } from './gate.ts';

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

/** The stages of a model version; at most one version is in production. */
export const modelStages = ['candidate', 'staging', 'production', 'archived'] as const;
/** One stage of a model version. */
export type ModelStage = (typeof modelStages)[number];

/** The origin of a version: base model, data and training. */
export interface Lineage {
  readonly base_model?: string;
  /** `content_hash` of the dataset's manifest; equal data have equal hashes. */
  readonly dataset_hash?: string;
  /** Path of the manifest. */
  readonly manifest?: string;
  /** The command and the settings that trained it. */
  readonly training_config?: Readonly<Record<string, unknown>>;
  /** Id of the training, from `quorate train`. */
  readonly training?: string;
  /** The job whose preferences were exported. */
  readonly job?: string;
}

/** The data given at the registration of a version. */
export interface VersionDraft {
  /** Path or URI of the weights, the prompt, or another served artefact. */
  readonly artefact: string;
  /** Name of the version in feedback (`model_version`) and items (`model`); default: NAME:VERSION. */
  readonly served_as?: string;
  readonly lineage: Lineage;
  readonly metrics: Readonly<Record<string, number>>;
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Idempotency key: repeated registrations with one key create one version. */
  readonly key?: string;
}

/** The part of a gate's result that a registry stores, with its report. */
export interface GateEvidence
  extends Pick<GateResult, 'answer' | 'reasons' | 'criteria' | 'floors' | 'basis' | 'has_llm_judge'> {
  /** `id` of the result. */
  readonly gate: string;
  /** Path and SHA-256 of the report. */
  readonly report: string;
  readonly report_hash: string;
}

/** The justification of a stage change. */
export type MoveBasis =
  /** A passed gate: the revision of its entry. */
  | { readonly kind: 'gate'; readonly gate: number }
  /** No version was in production, so there was no baseline to compare with. */
  | { readonly kind: 'first' }
  /** A human overrode the rule. */
  | { readonly kind: 'override' }
  | { readonly kind: 'rollback' }
  /** Another version replaced it. */
  | { readonly kind: 'replaced'; readonly replacement: string }
  /** Stages that serve no users need no gate. */
  | { readonly kind: 'free' };

/** A change in a model's history. */
export type RegistryChange =
  | ({ readonly kind: 'registered'; readonly version: string } & VersionDraft & {
        readonly served_as: string;
      })
  | ({
      readonly kind: 'gated';
      readonly version: string;
      /** The version that it was compared with. */
      readonly baseline: string;
    } & GateEvidence)
  | {
      readonly kind: 'moved';
      readonly version: string;
      readonly from: ModelStage;
      readonly to: ModelStage;
      readonly basis: MoveBasis;
      readonly reason: string;
    };

/** An entry of a model's append-only history. */
export type RegistryEntry = RegistryChange & {
  /** 1 for the first entry of a model. */
  readonly revision: number;
  /** RFC 3339, UTC. */
  readonly at: string;
  /** Who did it. */
  readonly by: string;
};
