import { type ModelSpec, replySettings } from '../domain/job.ts';
import { AdaptiveConcurrency } from '../engine/calls/limits/adaptive-concurrency.ts';
import { EndpointLimiter } from '../engine/calls/limits/endpoint-limiter.ts';
import { retryPolicy } from '../engine/calls/limits/retry-policy.ts';
import type { ModelEndpoint } from '../engine/calls/model-endpoint.ts';
import { unlimited } from '../engine/calls/model-endpoint.ts';
import type { RetryPolicy } from '../ports/limiter.ts';
import type { Providers } from '../ports/provider.ts';
import { openModel, priceOf, providerOf } from '../providers/index.ts';
import { seededRandom } from '../stats/random.ts';
import type { Environment } from './context.ts';
import { systemClock } from './system-clock.ts';

export interface EndpointSettings {
  readonly env: Environment;
  /** Calls in flight at one provider, at most. */
  readonly concurrency: number;
  readonly seed: number;
  /** The shipped ones unless the caller brings more. */
  readonly providers?: Providers | undefined;
}

/** Opens each model once, however many judges ask it, so that they share its limits. */
export class ModelEndpoints {
  readonly #settings: EndpointSettings;
  readonly #retry: RetryPolicy;
  readonly #endpoints = new Map<string, Promise<ModelEndpoint>>();
  /** By provider: all its models feel together how many calls it bears. */
  readonly #concurrency = new Map<string, AdaptiveConcurrency>();

  constructor(settings: EndpointSettings) {
    this.#settings = settings;
    this.#retry = retryPolicy(seededRandom(`${settings.seed}/retry`));
  }

  /** @throws ProviderError `auth` where the key is missing, ConfigError where the spec cannot work. */
  open(spec: ModelSpec): Promise<ModelEndpoint> {
    const { provider, baseUrl = '', model, keyEnv = '', timeoutMs, limits, price, structured } = spec;
    const { headers, query, authHeader, caFile } = spec;
    const name = JSON.stringify([
      [provider, baseUrl, model, keyEnv, timeoutMs, limits, price, structured],
      [headers, query, authHeader, caFile, replySettings(spec)],
    ]);
    let endpoint = this.#endpoints.get(name);
    if (endpoint === undefined) {
      endpoint = this.#open(spec);
      this.#endpoints.set(name, endpoint);
    }
    return endpoint;
  }

  async #open(spec: ModelSpec): Promise<ModelEndpoint> {
    const { env, providers } = this.#settings;
    const own = providerOf(spec.provider, providers).runsLocally;
    return {
      model: await openModel(spec, env, providers),
      price: await priceOf(spec, providers),
      limits: spec.limits,
      limiter: own ? unlimited : new EndpointLimiter(spec.limits, this.#concurrencyOf(spec), systemClock),
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
    for (const endpoint of await Promise.allSettled(this.#endpoints.values())) {
      if (endpoint.status === 'fulfilled') await endpoint.value.model.close?.();
    }
  }
}
