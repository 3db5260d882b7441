import type { SetupServer } from 'msw/node';
import { retryPolicy } from '../../src/engine/calls/limits/retry-policy.ts';
import type { ModelEndpoint } from '../../src/engine/calls/model-endpoint.ts';
import { unlimited } from '../../src/engine/calls/model-endpoint.ts';
import { run } from '../../src/engine/run/run.ts';
import type { RunEnd } from '../../src/engine/run/run-input.ts';
import { type BatchModel, batchOf } from '../../src/ports/batch-model.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { RunStore } from '../../src/ports/run-store.ts';
import { openModel } from '../../src/providers/index.ts';
import { MemoryStore, newMemoryState } from '../../src/store/memory/memory-store.ts';
import { specOf } from './chat-model.ts';
import { type FakeBatches, type FakeBatchOptions, fakeBatches } from './fake-batches.ts';
import { FakeLedger, fakePrice } from './fake-ledger.ts';
import type { FakeProvider } from './fake-provider.ts';
import { askEverything, items, pairJudge, votesIn } from './run-parts.ts';

export const batchProviders = ['openai', 'anthropic'] as const;

/** Time that passes as soon as everybody else has had a turn or two. */
export function hastyClock(): Clock {
  let now = Date.UTC(2026, 0, 1);
  return {
    now: () => now,
    async sleep(ms, signal) {
      for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
      now += ms;
    },
  };
}

/** One for all stages, of which the newest answers: equal questions have equal keys in each. */
const usualAddress = 'https://batches.example';

/** A provider with a batch interface, and runs over it that share one store's state. */
export class BatchStage {
  readonly clock = hastyClock();
  readonly state = newMemoryState();
  readonly served: FakeBatches;
  readonly ledger: FakeLedger;
  readonly #address: string;
  readonly #provider: (typeof batchProviders)[number];

  constructor(
    provider: (typeof batchProviders)[number],
    network: SetupServer,
    options: Partial<FakeBatchOptions> = {},
    /** Answers what is asked live. */
    live?: FakeProvider,
  ) {
    this.ledger = live?.ledger ?? new FakeLedger();
    this.#address = live?.anthropicUrl ?? usualAddress;
    this.#provider = provider;
    this.served = fakeBatches({ ledger: () => this.ledger, now: this.clock.now, ...options });
    network.use(this.served.handler(this.#address));
  }

  /** Runs ten pairs in both orders, in batches. `wrap` puts something between the engine and its outside. */
  async run(
    wrap: {
      readonly store?: (store: RunStore) => RunStore;
      readonly batch?: (batch: BatchModel) => BatchModel;
    } = {},
    maxUsd: number | null = null,
  ): Promise<RunEnd> {
    const baseUrl = this.#provider === 'anthropic' ? this.#address : `${this.#address}/v1`;
    const opened = await openModel(specOf(this.#provider, { baseUrl, keyEnv: 'KEY' }), {
      KEY: 'sk-test-01234567',
    });
    const batch = batchOf(opened)!;
    const endpoint: ModelEndpoint = {
      model: Object.assign(opened, { batch: wrap.batch?.(batch) ?? batch }),
      price: fakePrice,
      limits: {},
      limiter: unlimited,
      retry: retryPolicy(() => 0.5),
    };
    const store = new MemoryStore(this.state);
    try {
      return await run({
        run: 'test',
        items: () => items(10),
        total: { items: 10, tasks: 10 },
        panel: [{ rater: pairJudge('judge'), endpoint, others: new Map(), raterBudget: null }],
        allocation: askEverything,
        store: wrap.store?.(store) ?? store,
        budget: { maxUsd, perItemUsd: null },
        concurrency: 1000,
        batched: new Set([endpoint]),
        retryErrors: true,
        clock: this.clock,
        signal: new AbortController().signal,
      });
    } finally {
      await store.close();
      await opened.close?.();
    }
  }

  async votes(): Promise<string> {
    return JSON.stringify(await votesIn(new MemoryStore(this.state)));
  }

  async openBatches() {
    return new MemoryStore(this.state).openBatches('test');
  }

  /** What the store records as paid. */
  async paidUsd(): Promise<number> {
    const { raters, forfeits } = await new MemoryStore(this.state).spending('test');
    return [...raters, ...forfeits].reduce((sum, { usd }) => sum + usd, 0);
  }
}

/** Thrown where a process would have died. */
export class Crash extends Error {}

/**
 * Kills whatever runs at its n-th durable or outward step: `before` it happens, or `after`, when no reply has arrived of
 * it yet. From then on nothing works, as for a process that is gone.
 */
export class Killer {
  readonly #step: number;
  readonly #when: 'before' | 'after';
  #count = 0;
  #dead = false;

  constructor(step: number, when: 'before' | 'after') {
    this.#step = step;
    this.#when = when;
  }

  get struck(): boolean {
    return this.#dead;
  }

  haunt<T extends object>(victim: T, methods: readonly (keyof T)[]): T {
    return new Proxy(victim, {
      get: (target, name) => {
        const value = Reflect.get(target, name, target) as unknown;
        if (typeof value !== 'function') return value;
        const bound = value.bind(target) as (...args: unknown[]) => unknown;
        return methods.includes(name as keyof T)
          ? (...args: unknown[]) => this.#strike(() => bound(...args))
          : bound;
      },
    });
  }

  async #strike(act: () => unknown): Promise<unknown> {
    if (this.#dead) throw new Crash();
    this.#count += 1;
    const mine = this.#count === this.#step;
    if (mine && this.#when === 'before') this.#die();
    const result = await act();
    if (this.#dead) throw new Crash();
    if (mine) this.#die();
    return result;
  }

  #die(): never {
    this.#dead = true;
    throw new Crash();
  }
}
