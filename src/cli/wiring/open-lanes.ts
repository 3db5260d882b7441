import type { ModelSpec, Price } from '../../domain/job.ts';
import type { Lane } from '../../engine/lane.ts';
import { unlimited } from '../../engine/unlimited.ts';
import { openModel } from '../../providers/open-model.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const free: Price = { inputPerMtok: 0, outputPerMtok: 0 };
const ownMachine: ReadonlySet<string> = new Set(['heuristic', 'local', 'recorded']);

/** Opens each model once, however many judges ask it, so that they share its limits. */
export class Lanes {
  readonly #env: Environment;
  readonly #lanes = new Map<string, Promise<Lane>>();

  constructor(env: Environment) {
    this.#env = env;
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
    return {
      model: await openModel(spec, this.#env),
      price: spec.price ?? (ownMachine.has(spec.provider) ? free : null),
      limits: spec.limits,
      limiter: unlimited,
      retry: () => null,
    };
  }

  async close(): Promise<void> {
    for (const lane of await Promise.allSettled(this.#lanes.values())) {
      if (lane.status === 'fulfilled') await lane.value.model.close?.();
    }
  }
}
