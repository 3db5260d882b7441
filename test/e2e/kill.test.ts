import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { killDrill } from '../support/kill-drill.ts';

const built = existsSync(new URL('../../dist/cli/main.js', import.meta.url));

// `npm test` builds before it tests; without a build there is no program to kill.
it.skipIf(!built)(
  'survives kill -9 at random moments: same votes, and nothing that was recorded is paid again',
  async () => {
    const concurrency = 16;
    const kills = 6;
    const result = await killDrill({ items: 60, kills, concurrency, seed: 1 });
    expect(result).toMatchObject({
      exitCode: 0,
      sameVotes: true,
      samePreferences: true,
      recordedAskedAgain: 0,
    });
    expect(result.answered - result.paidTwice).toBe(result.calls);
    expect(result.mostPaidTwiceAfterOneKill).toBeLessThanOrEqual(concurrency);
  },
  120_000,
);
