import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type BatchKill, batchKillDrill } from '../support/batch-kill-drill.ts';

const built = existsSync(new URL('../../dist/cli/main.js', import.meta.url));

/** Each process goes on where the one before was killed, and dies a step further. */
const stepByStep: readonly BatchKill[] = [
  // Submitted, but its id never noted; then killed again when it is found.
  { at: 'create', when: 'after' },
  { at: 'list', when: 'after' },
  { at: 'retrieve', when: 'before' },
  { at: 'retrieve', when: 'after' },
  { at: 'results', when: 'before' },
  { at: 'results', when: 'after' },
];

// Kills before a submission is done are left to `npm run bench -- kill`: to be certain that nothing was submitted, the
// next process gives the provider a minute to show it.
it.skipIf(!built).each(['openai', 'anthropic'] as const)(
  'processes killed at every step of a batch of %s submit nothing twice and end with the same votes',
  async (provider) => {
    const [calm, killed, late] = await Promise.all(
      [[], stepByStep, [{ at: 'recorded' }] as const].map((kills) => batchKillDrill(provider, kills)),
    );
    expect(calm).toMatchObject({ exitCode: 0, submitted: 24, answered: 24, askedTwice: 0 });
    expect(killed).toEqual({ ...calm, struck: stepByStep.length });
    expect(late).toEqual({ ...calm, struck: 1 });
  },
  120_000,
);
