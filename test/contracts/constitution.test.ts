import { ConstitutionRater } from '../../src/raters/constitution/constitution-rater.ts';
import { RevisionRater } from '../../src/raters/constitution/revision/revision-rater.ts';
import { VetoRater } from '../../src/raters/constitution/veto-rater.ts';
import { promptOf } from '../../src/testing/scripted-model.ts';
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

raterContract({
  name: 'self-critique and revision',
  make: () =>
    new RevisionRater({
      constitution: manners,
      rounds: 2,
      seed: 1,
      criticOf: () => specOf({ id: 'author' }),
      judges: [{ spec: specOf(), capabilities: { structured: true, logprobs: false, seed: false } }],
    }),
  items: [sky, sum],
  script: (request) =>
    request.task === undefined ? promptOf(request).slice(-40) : '{"reason":"r","verdict":"A"}',
});
