import type { GateResult } from './gate.ts';

/** Where a version of a model stands; one version at most is in production. */
export const modelStages = ['candidate', 'staging', 'production', 'archived'] as const;
export type ModelStage = (typeof modelStages)[number];

/** What a version was made from and how. */
export interface Lineage {
  readonly base_model?: string;
  /** `content_hash` of the dataset's manifest: equal data, equal hash. */
  readonly dataset_hash?: string;
  /** Path of the manifest. */
  readonly manifest?: string;
  /** The command and the settings that trained it. */
  readonly training_config?: Readonly<Record<string, unknown>>;
  /** The training that made it, as `quorate train` names it. */
  readonly training?: string;
  /** The job whose preferences were exported. */
  readonly job?: string;
}

/** What is told about a version when it is registered. */
export interface VersionDraft {
  /** Path or URI of the weights, the prompt, or whatever is served. */
  readonly artefact: string;
  /** How feedback (`model_version`) and items (`model`) call it; default NAME:VERSION. */
  readonly served_as?: string;
  readonly lineage: Lineage;
  readonly metrics: Readonly<Record<string, number>>;
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Idempotency: a model has one version with this key, however often it is registered. */
  readonly key?: string;
}

/** What of a gate's result a registry keeps, with the report that it stands in. */
export interface GateEvidence
  extends Pick<GateResult, 'answer' | 'reasons' | 'criteria' | 'floors' | 'basis' | 'has_llm_judge'> {
  /** `id` of the result. */
  readonly gate: string;
  /** Path and SHA-256 of the report. */
  readonly report: string;
  readonly report_hash: string;
}

/** Why a version may stand where it stands. */
export type MoveBasis =
  /** A passed gate: the revision of its entry. */
  | { readonly kind: 'gate'; readonly gate: number }
  /** Nothing was in production before, so there was nothing to be compared with. */
  | { readonly kind: 'first' }
  /** Somebody decided against the rule. */
  | { readonly kind: 'override' }
  | { readonly kind: 'rollback' }
  /** Another version took its place. */
  | { readonly kind: 'replaced'; readonly replacement: string }
  /** Stages that serve nobody need no gate. */
  | { readonly kind: 'free' };

/** What can happen to a model. */
export type RegistryChange =
  | ({ readonly kind: 'registered'; readonly version: string } & VersionDraft & {
        readonly served_as: string;
      })
  | ({
      readonly kind: 'gated';
      readonly version: string;
      /** The version it was compared with. */
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

/** A line of a model's history, which only grows. */
export type RegistryEntry = RegistryChange & {
  /** 1 for the first entry of a model. */
  readonly revision: number;
  /** RFC 3339, UTC. */
  readonly at: string;
  /** Who did it. */
  readonly by: string;
};
