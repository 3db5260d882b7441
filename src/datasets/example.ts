import type { RowSource } from '../domain/export-spec.ts';
import type { ChatMessage } from '../domain/message.ts';

/** Provenance and probability of a row; written to the sidecar, never to the trainer's columns. */
export interface ExampleMeta {
  /** Stable id of the row, derived from the item and the kind of row. */
  readonly id: string;
  readonly item: string;
  readonly category: string | null;
  readonly cluster: string | null;
  readonly source: RowSource;
  /** P(the row is correct), in [0, 1]; null if not measured. */
  readonly probability: number | null;
  readonly basis: 'calibrated' | 'uncalibrated' | 'given';
  /** Candidate ids, in the row's order of texts. */
  readonly candidates: readonly string[];
  readonly models: readonly (string | null)[];
  /** Ids of the feedback events behind the row, if any. */
  readonly events?: readonly string[];
}

interface ExampleBase {
  readonly meta: ExampleMeta;
  readonly prompt: readonly ChatMessage[];
}

/** One response is better than another (DPO, reward model). */
export interface PreferenceExample extends ExampleBase {
  readonly kind: 'preference';
  readonly chosen: string;
  readonly rejected: string;
  /** Log-odds of the preference, in [0, 6]. */
  readonly margin: number;
}

/** A response to learn from, or with `label: false` to unlearn (SFT, KTO, negative examples). */
export interface CompletionExample extends ExampleBase {
  readonly kind: 'completion';
  readonly completion: string;
  /** Whether the response is desirable. */
  readonly label: boolean;
}

/** Several responses, best first. Equal ranks are equal. */
export interface RankingExample extends ExampleBase {
  readonly kind: 'ranking';
  readonly answers: readonly RankedAnswer[];
}

export interface RankedAnswer {
  readonly text: string;
  /** 1 = best. */
  readonly rank: number;
  /** Mean probability of being the better one of a pair, in [0, 1]. */
  readonly score: number;
  readonly model: string | null;
}

/** A question that the index could not answer, with its answer. */
export interface RetrievalExample extends ExampleBase {
  readonly kind: 'retrieval';
  readonly answer: string;
  readonly evidence: readonly string[];
}

export type Example = PreferenceExample | CompletionExample | RankingExample | RetrievalExample;

/** The response that a model learns from the row; null if there is none. */
export function taughtText(example: Example): string | null {
  if (example.kind === 'preference') return example.chosen;
  return example.kind === 'completion' && example.label ? example.completion : null;
}

/** Why an input gave no row. Every refusal is counted and listed. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly item: string;
  readonly candidates: readonly string[];
  readonly reason: string;
}
