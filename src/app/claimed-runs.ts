import { StoreError } from '../domain/errors.ts';
import type { RunStore } from '../ports/run-store.ts';

interface OpenRuns {
  /** Runs that this process claimed there; a claim lasts until the store is closed. */
  readonly claimed: Set<string>;
  /** The last call on each run. */
  readonly last: Map<string, Promise<unknown>>;
}

const openRuns = new WeakMap<RunStore, OpenRuns>();

/**
 * Works on a run of a store that stays open between calls: a second call on the same run waits for the first one and
 * goes on under its claim.
 */
export async function withRun<T>(
  store: RunStore,
  name: string,
  work: (store: RunStore) => Promise<T>,
): Promise<T> {
  const runs = openRuns.get(store) ?? { claimed: new Set(), last: new Map() };
  openRuns.set(store, runs);
  const earlier = runs.last.get(name);
  const call = async () => {
    await earlier?.catch(() => {});
    return work(keepingClaims(store, runs.claimed));
  };
  const result = call();
  runs.last.set(name, result);
  try {
    return await result;
  } finally {
    if (runs.last.get(name) === result) runs.last.delete(name);
  }
}

/** The store, except that a claim which this process holds is no error. A proxy keeps the private state of classes. */
function keepingClaims(store: RunStore, claimed: Set<string>): RunStore {
  const claim = async (run: string) => {
    try {
      await store.claim(run);
      claimed.add(run);
    } catch (error) {
      if (!(claimed.has(run) && StoreError.isInstance(error))) throw error;
    }
  };
  return new Proxy(store, {
    get(target, member) {
      if (member === 'claim') return claim;
      const value: unknown = Reflect.get(target, member, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
