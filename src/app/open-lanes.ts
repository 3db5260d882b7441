import type { ModelSpec } from '../domain/job.ts';
import type { Lane } from '../engine/calls/lane.ts';
import { AdaptiveConcurrency } from '../engine/calls/limits/adaptive-concurrency.ts';
import { LaneLimiter } from '../engine/calls/limits/lane-limiter.ts';
import { retryPolicy } from '../engine/calls/limits/retry-policy.ts';
import { unlimited } from '../engine/calls/unlimited.ts';
import type { RetryPolicy } from '../ports/limiter.ts';
import { openModel } from '../providers/open-model.ts';
import { priceOf } from '../providers/price-of.ts';
import { seededRandom } from '../stats/random.ts';
import { systemClock } from './system-clock.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const ownMachine: ReadonlySet<string> = new Set(['heuristic', 'local', 'recorded']);

export interface LaneSettings {
  readonly env: Environment;
  /** Calls in flight at one provider, at most. */
  readonly concurrency: number;
  readonly seed: number;
}

/** Opens each model once, however many judges ask it, so that they share its limits. */
export class Lanes {
  readonly #settings: LaneSettings;
  readonly #retry: RetryPolicy;
  readonly #lanes = new Map<string, Promise<Lane>>();
  /** By provider: all its models feel together how many calls it bears. */
  readonly #concurrency = new Map<string, AdaptiveConcurrency>();

  constructor(settings: LaneSettings) {
    this.#settings = settings;
    this.#retry = retryPolicy(seededRandom(`${settings.seed}/retry`));
  }

  /** @throws ProviderError `auth` where the key is missing, ConfigError where the spec cannot work. */
  open(spec: ModelSpec): Promise<Lane> {
    const { provider, baseUrl = '', model, keyEnv = '', timeoutMs, limits, price } = spec;
    const name = JSON.stringify([provider, baseUrl, model, keyEnv, timeoutMs, limits, price]);
    let lane = this.#lanes.get(name);
    if (lane === undefined) {
      lane = this.#open(spec);
      this.#lanes.set(name, lane);
    }
    return lane;
  }

  async #open(spec: ModelSpec): Promise<Lane> {
    const own = ownMachine.has(spec.provider);
    return {
      model: await openModel(spec, this.#settings.env),
      price: await priceOf(spec),
      limits: spec.limits,
      limiter: own ? unlimited : new LaneLimiter(spec.limits, this.#concurrencyOf(spec), systemClock),
      retry: this.#retry,
    };
  }

  #concurrencyOf({ provider, baseUrl, keyEnv }: ModelSpec): AdaptiveConcurrency {
    const name = JSON.stringify([provider, baseUrl, keyEnv]);
    const found = this.#concurrency.get(name) ?? new AdaptiveConcurrency(this.#settings.concurrency);
    this.#concurrency.set(name, found);
    return found;
  }

  async close(): Promise<void> {
    for (const lane of await Promise.allSettled(this.#lanes.values())) {
      if (lane.status === 'fulfilled') await lane.value.model.close?.();
    }
  }
}
