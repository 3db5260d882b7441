import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../domain/errors.ts';
import type { Vote } from '../../domain/vote.ts';
import { exportDataset } from '../exports/export-files.ts';
import { runGate } from '../gate/gate-from-code.ts';
import { planJob, runJob } from '../library-run.ts';
import { measureAgreement, rankModels, reconcile, simulate } from './of-records.ts';

const vote = (item: string, rater: string, preferred: string): Vote => ({
  item,
  rater,
  rater_kind: 'llm',
  kind: 'pairwise',
  shown: ['a', 'b'],
  outcome: 'verdict',
  preferred,
});
const votes = ['q1', 'q2', 'q3'].flatMap((id) => [
  vote(id, 'one', 'a'),
  vote(id, 'two', id === 'q2' ? 'b' : 'a'),
]);
const labels = ['q1', 'q2', 'q3'].map((id): Vote => ({ ...vote(id, 'ada', 'a'), rater_kind: 'human' }));
const items = ['q1', 'q2', 'q3'].map((id) => ({
  id,
  prompt: 'p',
  candidates: [
    { id: 'a', text: 'x', model: 'm1' },
    { id: 'b', text: 'y', model: 'm2' },
  ],
}));

describe('analyses of records in memory', () => {
  it('take arrays and async iterables alike', async () => {
    async function* stream() {
      yield* votes;
    }
    const fromArray = await reconcile({ votes, labels });
    expect(await reconcile({ votes: stream(), labels })).toEqual(fromArray);
    expect(fromArray.preferences).toHaveLength(3);
    const { raters } = await measureAgreement({ votes, labels }, { replicates: 100 });
    expect(raters.map(({ rater }) => rater)).toEqual(expect.arrayContaining(['one', 'two']));
    const { models } = await rankModels({ items, votes }, { replicates: 50 });
    expect(models.map(({ model }) => model).sort()).toEqual(['m1', 'm2']);
    const { summary } = await simulate({ votes, labels }, { allocation: 'fixed', unitPrice: 1 });
    expect(summary).toMatchObject({ allocation: 'fixed', items: 3 });
  });

  type Call = (input: never, options?: never) => Promise<unknown>;
  it.each<[string, Call, unknown, unknown, RegExp]>([
    ['reconcile', reconcile, undefined, undefined, /reconcile needs an object/],
    ['reconcile', reconcile, {}, undefined, /^votes must be a list of records/],
    ['reconcile', reconcile, { votes: [{ item: 'q1' }] }, undefined, /^votes\[0\]: "rater"/],
    ['reconcile', reconcile, { votes: [null] }, undefined, /^votes\[0\] must be an object/],
    ['reconcile', reconcile, { votes, labels: 7 }, undefined, /^labels must be a list/],
    ['measureAgreement', measureAgreement, { votes, items: {} }, undefined, /^items must be a list/],
    ['measureAgreement', measureAgreement, { votes }, { seed: 'x' }, /^seed must be a whole number/],
    ['rankModels', rankModels, { items }, undefined, /needs preferences or votes/],
    ['rankModels', rankModels, { items, votes }, { ties: 'none' }, /^ties must be one of/],
    ['rankModels', rankModels, { items, preferences: [{}] }, undefined, /^preferences\[0\]: "item"/],
    ['simulate', simulate, { votes }, { allocation: 'best' }, /^allocation must be one of/],
    ['runJob', runJob, undefined, undefined, /runJob needs a job/],
    ['runJob', runJob, { name: 'x' }, undefined, /job\.items is missing/],
    ['planJob', planJob, 'job.yaml', undefined, /planJob needs a job, received string/],
    ['runGate', runGate, undefined, undefined, /runGate needs an object/],
    ['runGate', runGate, { baseline: 'x' }, undefined, /^candidate must be a non-empty string/],
    ['exportDataset', exportDataset, undefined, undefined, /exportDataset needs an object/],
    ['exportDataset', exportDataset, { format: 'trl' }, undefined, /out is missing/],
    [
      'exportDataset',
      exportDataset,
      { out: 'x', preferences: 3 },
      undefined,
      /^preferences must be the path/,
    ],
  ])('%s names what is wrong', async (_name, call, input, options, message) => {
    const error = await call(input as never, options as never).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).message).toMatch(message);
  });
});
