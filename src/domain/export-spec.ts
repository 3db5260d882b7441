/** What the rows of a dataset train; each kind has its own trainers and formats. */
export const datasetKinds = [
  'preference',
  'reward',
  'kto',
  'sft',
  'ranking',
  'negative',
  'rag',
  'safety',
] as const;
/** One kind of dataset. */
export type DatasetKind = (typeof datasetKinds)[number];

/** The formats by name; some have a variant per dataset kind. */
export const formatNames = [
  'trl',
  'trl-text',
  'openai',
  'axolotl',
  'llama-factory',
  'bedrock',
  'ultrafeedback',
  'distilabel',
  'plain',
] as const;
/** The name of a format. */
export type FormatName = (typeof formatNames)[number];

/** The accepted values of `format`; `trl-dpo` is an alias for preference rows in `trl`. */
export const exportFormats = [...formatNames, 'trl-dpo'] as const;

/** The file types of an export. */
export const containerNames = ['jsonl', 'csv', 'parquet'] as const;
/** One file type of an export. */
export type ContainerName = (typeof containerNames)[number];

/** The policies for personal data and secrets. */
export const piiPolicies = ['redact', 'refuse', 'keep'] as const;
/** `redact` replaces personal data and secrets with placeholders, `refuse` omits their row, `keep` changes nothing. */
export type PiiPolicy = (typeof piiPolicies)[number];

/** Who labelled a row: humans, models, both, or an imported public dataset. */
export type RowSource = 'human' | 'ai' | 'mixed' | 'public';

/** One split of a dataset, for example `train`. */
export interface SplitShare {
  readonly name: string;
  /** Share of the clusters, in (0, 1]; the shares add up to 1. */
  readonly share: number;
}

/** A dataset to build, from the flags of `quorate export` or an `export` entry of a job. Paths are absolute. */
export interface ExportSpec {
  /** The folder to create. */
  readonly out: string;
  readonly kind: DatasetKind;
  /** One of exportFormats, or the name of a format that the caller brings. */
  readonly format: string;
  readonly container: ContainerName;
  readonly splits: readonly SplitShare[];
  readonly seed: number;
  /** Pairs with a lower probability are omitted as ambiguous; in [0.5, 1]. */
  readonly minProbability: number;
  readonly pii: PiiPolicy;
  /** Names of MUST rules that may fail; `*` allows all. */
  readonly allow: readonly string[];
  /** Files of feedback events or accepted revisions to make rows from. */
  readonly feedback: readonly string[];
  /** Files of knowledge gaps with answers, for kind `rag`. */
  readonly gaps: readonly string[];
  /** Files of external preference rows to mix in. */
  readonly mix: readonly string[];
  /** Files of benchmark texts that must not be trained on. */
  readonly benchmark: readonly string[];
  /** Folder of an earlier export whose items keep their split; null if none. */
  readonly previous: string | null;
  /** Target shares of the rows by source; null for no sampling. */
  readonly shares: Readonly<Partial<Record<RowSource, number>>> | null;
  /** Balance the pairs whose longer response won against those whose shorter one won. */
  readonly balanceLength: boolean;
  readonly title: string;
  readonly license: string;
  /** Path of the feedback store that records which events were exported, if it exists. */
  readonly feedbackStore: string;
}

/** Defaults shared by the flags of `quorate export` and the `export` entries of a job. */
export const exportDefaults = {
  kind: 'preference',
  format: 'trl',
  container: 'jsonl',
  pii: 'redact',
  license: 'other',
} as const satisfies Partial<ExportSpec>;
