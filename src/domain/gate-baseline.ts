import type { GateRubric } from './gate.ts';

/** A committed baseline: the responses that a gate compares against, and the rubrics under which they were accepted. */
export interface GateBaseline {
  readonly kind: 'gate_baseline';
  readonly version: 1;
  readonly model: string | null;
  /** Path of the responses, relative to the folder of this file. */
  readonly responses: string;
  /** SHA-256 over ids, prompts and texts in the order of ids. */
  readonly responses_hash: string;
  readonly items: number;
  /** Empty if nothing was judged when the baseline was recorded. */
  readonly rubrics: readonly GateRubric[];
  /** The gate that these responses passed; null if they were recorded without one. */
  readonly gate: GateSummary | null;
}

/** The main results of a passed gate. */
export interface GateSummary {
  readonly id: string;
  /** The baseline model of that gate. */
  readonly baseline: string;
  readonly votes: number;
  readonly criteria: readonly {
    readonly id: string;
    readonly slice: string | null;
    readonly improvement: number | null;
    readonly interval: readonly [low: number, high: number] | null;
  }[];
}
