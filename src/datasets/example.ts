import type { RowSource } from '../domain/export-spec.ts';
import type { ChatMessage } from '../domain/message.ts';

/** Where a row comes from and how sure it is; goes to the sidecar, never into the trainer's columns. */
export interface ExampleMeta {
  /** Stable id of the row: the item and what was made of it. */
  readonly id: string;
  readonly item: string;
  readonly category: string | null;
  readonly cluster: string | null;
  readonly source: RowSource;
  /** P(the row is right), in [0, 1]; null where nobody measured it. */
  readonly probability: number | null;
  readonly basis: 'calibrated' | 'uncalibrated' | 'given';
  /** Candidate ids, in the row's order of texts. */
  readonly candidates: readonly string[];
  readonly models: readonly (string | null)[];
  /** Ids of the feedback events that made it, if any. */
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
  /** Log-odds of the preference, in [0, 6]: how much better `chosen` is believed to be. */
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

/** A question the index could not answer, with what would have. */
export interface RetrievalExample extends ExampleBase {
  readonly kind: 'retrieval';
  readonly answer: string;
  readonly evidence: readonly string[];
}

export type Example = PreferenceExample | CompletionExample | RankingExample | RetrievalExample;

/** The response that a model would learn to give; null where the row teaches none. */
export function taughtText(example: Example): string | null {
  if (example.kind === 'preference') return example.chosen;
  return example.kind === 'completion' && example.label ? example.completion : null;
}

/** Why a row was not made. Every refusal is counted and listed. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly item: string;
  readonly candidates: readonly string[];
  readonly reason: string;
}
