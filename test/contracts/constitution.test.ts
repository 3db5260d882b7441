import { ConstitutionRater } from '../../src/judges/constitution/constitution-rater.ts';
import { VetoRater } from '../../src/judges/constitution/veto-rater.ts';
import { manners } from '../support/constitution-parts.ts';
import { sky, specOf, sum } from '../support/judge-parts.ts';
import { raterContract } from './rater.ts';

const settings = { principlesPerPair: 2, samples: 3, labels: 'soft', temperature: 1, clamp: null } as const;

for (const logprobs of [true, false]) {
  raterContract({
    name: `constitution ${logprobs ? 'with' : 'without'} log-probabilities`,
    make: () =>
      new ConstitutionRater({
        constitution: manners,
        judge: specOf(),
        capabilities: { structured: true, logprobs, seed: true },
        settings,
        seed: 1,
      }),
    items: [sky, sum],
    script: () => '{"reason":"r","verdict":"A"}',
  });
}

raterContract({
  name: 'veto',
  make: () => new VetoRater(manners, specOf(), { structured: true, logprobs: false, seed: false }),
  items: [sky, sum],
  script: () => '{"reason":"r","score":0}',
});
