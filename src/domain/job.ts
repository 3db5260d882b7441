import type { Constitution } from './constitution.ts';
import type { ExportSpec } from './export-spec.ts';
import type { FactsSpec } from './facts.ts';
import type { Rubric } from './rubric.ts';
import type { Rule } from './rule.ts';
import type { RaterKind } from './vote.ts';

/**
 * What a model costs, in US dollars per million tokens.
 * @example
 * const price: Price = { inputPerMtok: 0.25, outputPerMtok: 2, cachedInputPerMtok: 0.025 };
 */
export interface Price {
  readonly inputPerMtok: number;
  readonly outputPerMtok: number;
  readonly cachedInputPerMtok?: number;
  readonly cacheWritePerMtok?: number;
  /** What all tokens of a call cost instead when its prompt is longer than this; in rising order. */
  readonly tiers?: readonly PriceTier[];
}

/**
 * Prices that apply to a whole call with a longer prompt.
 * @example
 * const tier: PriceTier = { aboveInputTokens: 200_000, inputPerMtok: 2.5, outputPerMtok: 15 };
 */
export interface PriceTier extends Omit<Price, 'tiers'> {
  readonly aboveInputTokens: number;
}

/**
 * Requests and tokens per minute that the provider allows; absent means no limit is known.
 * @example
 * const limits: RateLimits = { rpm: 500, tpm: 200_000 };
 */
export interface RateLimits {
  readonly rpm?: number;
  readonly tpm?: number;
}

/**
 * How a model is reached.
 * @example
 * const spec: ModelSpec = {
 *   provider: 'openai',
 *   model: 'gpt-5-mini',
 *   family: 'gpt',
 *   keyEnv: 'OPENAI_API_KEY',
 *   timeoutMs: 60_000,
 *   limits: { rpm: 500 },
 *   price: { inputPerMtok: 0.25, outputPerMtok: 2 },
 *   structured: 'auto',
 * };
 */
export interface ModelSpec {
  /** Name of a provider that is shipped, or that the caller brought. */
  readonly provider: string;
  /** The provider's model id, or the absolute path of a file where the provider's models are files. */
  readonly model: string;
  readonly family: string | null;
  readonly baseUrl?: string;
  /** Name of the environment variable that holds the key; never the key. */
  readonly keyEnv?: string;
  readonly temperature?: number;
  readonly maxTokens?: number;
  readonly thinkingTokens?: number;
  readonly timeoutMs: number;
  /** How large an unpacked reply may be; default: 8 MiB. */
  readonly maxReplyBytes?: number;
  readonly limits: RateLimits;
  /** The user's own price; otherwise the built-in table is asked, and an unknown price is null. */
  readonly price: Price | null;
  readonly topP?: number;
  /** Seed of the first sample; further samples count on from it. */
  readonly seed?: number;
  readonly stop?: readonly string[];
  readonly reasoning?: Reasoning;
  /** Added to the body of each request. */
  readonly extraBody?: Readonly<Record<string, unknown>>;
  /** Further headers as written: `${NAME}` is replaced from the environment when the model is opened. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Added to the address of each request; `${NAME}` as in headers. */
  readonly query?: Readonly<Record<string, string>>;
  /** The header that carries the key, or `none`; default: the provider's usual one. */
  readonly authHeader?: string;
  /** Absolute path of certificates to trust, in PEM format. */
  readonly caFile?: string;
  /** `off` asks for verdicts as text even where the provider has structured output. */
  readonly structured: 'auto' | 'off';
}

export const reasoningEfforts = ['off', 'minimal', 'low', 'medium', 'high', 'xhigh'] as const;
/** How much a model reasons before it answers: an effort, `off`, or a budget in tokens. */
export type Reasoning = (typeof reasoningEfforts)[number] | number;

/** The settings of a model that shape its replies beyond a question's own, as jobs write them; null where it has none. */
export function replySettings(spec: ModelSpec): Readonly<Record<string, unknown>> | null {
  const { topP, seed, stop, reasoning, extraBody } = spec;
  const settings = {
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(seed === undefined ? {} : { seed }),
    ...(stop === undefined ? {} : { stop }),
    ...(reasoning === undefined ? {} : { reasoning }),
    ...(extraBody === undefined ? {} : { extra_body: extraBody }),
  };
  return Object.keys(settings).length === 0 ? null : settings;
}

/**
 * A judge of the panel: a model under a rubric.
 * @example
 * const [judge]: readonly JudgeSpec[] = (await loadJob('job.yaml')).panel;
 */
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

/** The allocation strategies. */
export const allocationKinds = ['fixed', 'cascade', 'adaptive'] as const;
/** One allocation strategy. */
export type AllocationKind = (typeof allocationKinds)[number];

/** Which judge is asked next and when to stop: section `allocation` of a job. */
export interface AllocationSpec {
  readonly kind: AllocationKind;
  /** Stop an item when the posterior chance that its decision is wrong falls below this. */
  readonly targetError: number;
  readonly maxCallsPerItem: number | null;
  /** Judge ids stage by stage, for `cascade`; null lets prices order them, cheap first. */
  readonly stages: readonly (readonly string[])[] | null;
}

/** Hard limits in US dollars: section `budget` of a job; null for no limit. */
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

/** How a constitution labels pairs, and how responses are revised under it. */
export interface ConstitutionSpec {
  /** Judge ids that answer the preference questions; null means every judge of the panel. */
  readonly judges: readonly string[] | null;
  /** Principles drawn for each pair, seeded by the item. */
  readonly principlesPerPair: number;
  /** Repeated samples where log-probabilities are not offered. */
  readonly samples: number;
  readonly labels: 'soft' | 'hard';
  /** Soft labels are divided by this on the log-odds scale: above 1 is humbler. */
  readonly temperature: number;
  /** Soft labels are held inside this range; null leaves them. */
  readonly clamp: readonly [min: number, max: number] | null;
  readonly selfCritique: SelfCritiqueSpec | null;
}

/** Critique and revision of responses under a constitution. */
export interface SelfCritiqueSpec {
  /** Judge id of the critic; `author`: the judge whose model wrote the response. */
  readonly critic: string;
  readonly rounds: number;
  /** Judge ids that must prefer a revision in both orders; null means every judge but the critic. */
  readonly judges: readonly string[] | null;
  /** Where the revisions are written, as JSONL. */
  readonly out: string;
}

/** Work done once per item by one judge for all the others; null leaves it out. */
export interface PrepareSpec {
  /** Judge id that writes criteria for each item. */
  readonly criteriaBy: string | null;
  /** Judge id that writes a reference answer where an item has none. */
  readonly referenceBy: string | null;
}

/**
 * A run as data: the content of a job file, its references resolved to absolute paths and loaded.
 * @example
 * const job: Job = await loadJob('job.yaml');
 * console.log(job.panel.map(({ id }) => id), job.out);
 */
export interface Job {
  readonly name: string;
  /** Absolute path of the job file. */
  readonly file: string;
  readonly items: string;
  readonly labels: string | null;
  /** Recorded votes of other raters (humans, earlier runs) that join the reconciliation. */
  readonly votes: readonly string[];
  /** What `quorate calibrate` wrote: reliability known before the first vote. */
  readonly calibration: string | null;
  /** The folder for results. */
  readonly out: string;
  /** Path of the database, or a postgres:// URL. */
  readonly store: string;
  readonly seed: number;
  readonly concurrency: number;
  /** `batch` uses the providers' half-price batch APIs, `auto` where that pays. */
  readonly mode: 'live' | 'batch' | 'auto';
  readonly panel: readonly JudgeSpec[];
  readonly constitutions: readonly Constitution[];
  readonly constitution: ConstitutionSpec | null;
  /** Checks without a model. */
  readonly rules: readonly Rule[];
  /** Fact checks; null: none. */
  readonly facts: FactsSpec | null;
  /** The candidates' authors judge each other's responses, never their own family's. */
  readonly peers: boolean;
  /** Judge id that checks the other judges' reasoning before their votes count; null: none. */
  readonly verify: string | null;
  /** Judges see each other's reasons once and vote again; both votes are kept. */
  readonly debate: boolean;
  readonly prepare: PrepareSpec;
  /** Kinds of raters that are switched off for this run. */
  readonly skip: readonly RaterKind[];
  readonly allocation: AllocationSpec;
  readonly budget: BudgetSpec;
  readonly reconcile: ReconcileSpec;
  /** Training sets to build from the preferences. */
  readonly exports: readonly ExportSpec[];
}
