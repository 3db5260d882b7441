import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../ports/clock.ts';

/** The machine's time; a file of its own, so that tests can replace it as a whole. */
export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(ms, signal) {
    try {
      await setTimeout(ms, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      // Node wraps the reason; the port promises the reason itself.
      throw signal?.aborted === true ? signal.reason : error;
    }
  },
};
