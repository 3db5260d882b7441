import type { GateRubric } from './gate.ts';

/** A committed baseline: which responses a gate compares against, and under which rubrics they were accepted. */
export interface GateBaseline {
  readonly kind: 'gate_baseline';
  readonly version: 1;
  readonly model: string | null;
  /** Path of the responses, from the folder of this file. */
  readonly responses: string;
  /** SHA-256 over ids, prompts and texts in the order of ids. */
  readonly responses_hash: string;
  readonly items: number;
  /** Empty where nothing was judged when it was recorded. */
  readonly rubrics: readonly GateRubric[];
  /** The gate that these responses passed; null where they were recorded without one. */
  readonly gate: GateSummary | null;
}

export interface GateSummary {
  readonly id: string;
  /** The model that they were held against. */
  readonly baseline: string;
  readonly votes: number;
  readonly criteria: readonly {
    readonly id: string;
    readonly slice: string | null;
    readonly improvement: number | null;
    readonly interval: readonly [low: number, high: number] | null;
  }[];
}
