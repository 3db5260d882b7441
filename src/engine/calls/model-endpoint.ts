import type { Price, RateLimits } from '../../domain/job.ts';
import type { ChatModel } from '../../ports/chat-model.ts';
import type { Limiter, Permit, RetryPolicy } from '../../ports/limiter.ts';
import type { Rater } from '../../ports/rater.ts';

/** A model at one address with its price, limits and retries. Raters that share an endpoint share its limits. */
export interface ModelEndpoint {
  readonly model: ChatModel;
  /** Null where it is unknown, which is never the same as free. */
  readonly price: Price | null;
  /** Rate limits of the provider, as far as they are known. */
  readonly limits: RateLimits;
  readonly limiter: Limiter;
  readonly retry: RetryPolicy;
}

/** A rater of a run, with the models it may call. */
export interface PanelMember {
  readonly rater: Rater;
  /** Null for raters without a model. */
  readonly endpoint: ModelEndpoint | null;
  /** Further models, by the name under which the rater calls them. */
  readonly others: ReadonlyMap<string, ModelEndpoint>;
  /** Null where only the run's own limits apply. */
  readonly raterBudget: RaterBudget | null;
}

/** Money that one or several raters may spend in a run. */
export interface RaterBudget {
  readonly name: string;
  readonly limitUsd: number;
}

const permit: Permit = { end() {} };

/** The limiter of an endpoint without limits: a model in this process, a recording. */
export const unlimited: Limiter = {
  enter: async () => permit,
  waiting: () => null,
};
