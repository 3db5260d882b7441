import type { Constitution } from './constitution.ts';
import type { Rubric } from './rubric.ts';

export const providerNames = [
  'openai',
  'anthropic',
  'openai-compatible',
  'local',
  'recorded',
  'heuristic',
] as const;
export type ProviderName = (typeof providerNames)[number];

/** What a model costs, in US dollars per million tokens. */
export interface Price {
  readonly inputPerMtok: number;
  readonly outputPerMtok: number;
  readonly cachedInputPerMtok?: number;
  readonly cacheWritePerMtok?: number;
}

/** Requests and tokens per minute that the provider allows; absent means no limit is known. */
export interface RateLimits {
  readonly rpm?: number;
  readonly tpm?: number;
}

/** How a model is reached. */
export interface ModelSpec {
  readonly provider: ProviderName;
  /** The provider's model id; for `local` the path of a GGUF file, for `recorded` the path of the replies. */
  readonly model: string;
  readonly family: string | null;
  readonly baseUrl?: string;
  /** Name of the environment variable that holds the key; never the key. */
  readonly keyEnv?: string;
  readonly temperature?: number;
  readonly maxTokens?: number;
  readonly thinkingTokens?: number;
  readonly timeoutMs: number;
  readonly limits: RateLimits;
  /** The user's own price; otherwise the built-in table is asked, and an unknown price is null. */
  readonly price: Price | null;
  /** `off` asks for verdicts as text even where the provider has structured output. */
  readonly structured: 'auto' | 'off';
}

/** A judge of the panel: a model under a rubric. */
export interface JudgeSpec extends ModelSpec {
  readonly id: string;
  readonly rubric: Rubric;
  /** Hash of the rubric file's content as parsed. */
  readonly rubricHash: string;
  readonly orders: 'both' | 'random';
  /** Repeated samples of each question. */
  readonly samples: number;
  readonly budgetUsd: number | null;
  /** True where a missing key or server leaves the judge out instead of failing (`when: available`). */
  readonly optional: boolean;
}

export type AllocationKind = 'fixed' | 'cascade' | 'adaptive';

export interface AllocationSpec {
  readonly kind: AllocationKind;
  /** Stop an item when the posterior chance that its decision is wrong falls below this. */
  readonly targetError: number;
  readonly maxCallsPerItem: number | null;
}

export interface BudgetSpec {
  readonly maxUsd: number | null;
  readonly perItemUsd: number | null;
}

/** How votes become preferences. */
export interface ReconcileSpec {
  /** A pair is accepted from this probability on. */
  readonly accept: number;
  readonly targetPrecision: number | null;
  readonly sameFamily: 'recuse' | 'downweight' | 'keep';
  readonly humans: 'pool' | 'human_overrides' | 'human_audits';
  readonly lengthEffects: boolean;
  /** Independent raters with a decisive vote below which a pair goes to review. */
  readonly quorum: number;
}

/** A run as data: the content of a job file, its references resolved to absolute paths and loaded. */
export interface Job {
  readonly name: string;
  /** Absolute path of the job file. */
  readonly file: string;
  readonly items: string;
  readonly labels: string | null;
  /** Recorded votes of other raters (people, earlier runs) that join the reconciliation. */
  readonly votes: readonly string[];
  readonly out: string;
  readonly store: string;
  readonly seed: number;
  readonly concurrency: number;
  readonly panel: readonly JudgeSpec[];
  readonly constitutions: readonly Constitution[];
  readonly allocation: AllocationSpec;
  readonly budget: BudgetSpec;
  readonly reconcile: ReconcileSpec;
}
