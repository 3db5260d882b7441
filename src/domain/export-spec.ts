/** What a row is for; each kind has its own trainers and formats. */
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
export type DatasetKind = (typeof datasetKinds)[number];

/** The formats that a person names; some have a variant for a kind of data. */
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
export type FormatName = (typeof formatNames)[number];

/** The formats of an export; `trl-dpo` is a short name for preference rows in `trl`. */
export const exportFormats = [...formatNames, 'trl-dpo'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const containerNames = ['jsonl', 'csv', 'parquet'] as const;
export type ContainerName = (typeof containerNames)[number];

export const piiPolicies = ['redact', 'refuse', 'keep'] as const;
/** What happens to personal data and secrets: replaced by placeholders, their row left out, or kept as they are. */
export type PiiPolicy = (typeof piiPolicies)[number];

/** Who stands behind a row. */
export type RowSource = 'human' | 'ai' | 'mixed' | 'public';

export interface SplitShare {
  readonly name: string;
  /** Share of the clusters, in (0, 1]; the shares add up to 1. */
  readonly share: number;
}

/** A training set to build, as `quorate export` and the `export` entries of a job name it; paths are absolute. */
export interface ExportSpec {
  /** The folder to make. */
  readonly out: string;
  readonly kind: DatasetKind;
  readonly format: ExportFormat;
  readonly container: ContainerName;
  readonly splits: readonly SplitShare[];
  readonly seed: number;
  /** Pairs below are left out as ambiguous. */
  readonly minProbability: number;
  readonly pii: PiiPolicy;
  /** MUST rules that may fail, by name; `*` allows all. */
  readonly allow: readonly string[];
  /** Feedback events or accepted revisions, of which rows are made. */
  readonly feedback: readonly string[];
  /** Knowledge gaps with answers, for `rag`. */
  readonly gaps: readonly string[];
  /** Somebody else's preference rows, mixed in. */
  readonly mix: readonly string[];
  /** Files of texts that must not be trained on. */
  readonly benchmark: readonly string[];
  /** Folder of an earlier export, whose items keep their split. */
  readonly previous: string | null;
  /** Shares of the rows by source; null takes them as they come. */
  readonly shares: Readonly<Partial<Record<RowSource, number>>> | null;
  readonly balanceLength: boolean;
  readonly title: string;
  readonly license: string;
  /** The feedback store that is told which events went in, where there is one. */
  readonly feedbackStore: string;
}

/** What holds where neither a flag nor an entry of a job says otherwise. */
export const exportDefaults = {
  kind: 'preference',
  format: 'trl',
  container: 'jsonl',
  pii: 'redact',
  license: 'other',
} as const satisfies Partial<ExportSpec>;
