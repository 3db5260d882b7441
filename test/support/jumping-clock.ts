let skippedMs = 0;

/**
 * A clock for which waiting takes no time: it jumps. In the place of the program's own:
 * `vi.mock('../../src/app/system-clock.ts', () => import('./jumping-clock.ts'))`.
 */
export const systemClock = {
  now: () => Date.now() + skippedMs,
  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    skippedMs += ms;
    await new Promise((resolve) => setImmediate(resolve));
  },
};
