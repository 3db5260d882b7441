import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairVote, scoreVote } from '../../test/support/pairwise-votes.ts';
import { type RaterKind, raterKinds, type Vote } from '../domain/vote.ts';
import { reconcile, VoteCollection } from './reconcile.ts';

const kinds = ['llm', 'rule', 'fact', 'human'] as const satisfies readonly RaterKind[];
const anyItem = fc.constantFrom('q1', 'q2', 'q3', 'q4', 'q5');
const anyKind = fc.constantFrom(...kinds);
const anyVote: fc.Arbitrary<Vote> = fc.oneof(
  fc
    .record({
      item: anyItem,
      kind: anyKind,
      preferred: fc.constantFrom('a', 'b', null),
      first: fc.constantFrom<'a' | 'b'>('a', 'b'),
      veto: fc.boolean(),
    })
    .map(({ item, kind, preferred, first, veto }) => ({
      ...pairVote(item, `${kind}-p`, preferred, first),
      rater_kind: kind,
      ...(veto && preferred !== null ? { veto } : {}),
    })),
  fc
    .record({ item: anyItem, kind: anyKind, candidate: fc.constantFrom('a', 'b'), score: fc.nat(5) })
    .map(({ item, kind, candidate, score }) => ({
      ...scoreVote(item, `${kind}-s`, candidate, score),
      rater_kind: kind,
      ...(kind === 'rule' && score === 0 ? { veto: true } : {}),
    })),
);
const anyVotes = fc.array(anyVote, { minLength: 1, maxLength: 50 });
const labels = ['q1', 'q2'].map((item) => ({ ...pairVote(item, 'p', 'a'), rater_kind: 'human' as const }));

describe('VoteCollection', () => {
  it('gives without a kind what the votes of the other kinds give, and the whole result afterwards', async () => {
    await fc.assert(
      fc.asyncProperty(anyVotes, fc.boolean(), async (votes, labelled) => {
        const collection = new VoteCollection();
        for (const vote of votes) collection.add(vote);
        for (const label of labelled ? labels : []) collection.addLabel(label);
        const given = labelled ? { labels } : {};
        for (const kind of raterKinds) {
          const others = votes.filter(({ rater_kind }) => rater_kind !== kind);
          const { preferences } = await reconcile({ votes: others, ...given });
          expect([...collection.without(kind)]).toEqual(preferences);
        }
        const { preferences, report } = await reconcile({ votes, ...given });
        const whole = collection.conclude();
        expect([...whole.preferences]).toEqual(preferences);
        expect(whole.report).toEqual(report);
      }),
      { numRuns: 60 },
    );
  });

  it('lists every rater that vetoed a response and the criterion, independent of the order of the votes', () => {
    const veto = (rater: string, criterion?: string): Vote => ({
      ...scoreVote('q', rater, 'a', 0),
      rater_kind: 'rule',
      veto: true,
      ...(criterion === undefined ? {} : { criterion }),
    });
    const vetoes = [veto('r2'), veto('r1', 'no-secrets'), veto('r1', 'no-secrets')];
    const reasonsOf = (votes: readonly Vote[]) => {
      const collection = new VoteCollection();
      for (const vote of [...votes, pairVote('q', 'judge', 'b')]) collection.add(vote);
      return [...collection.conclude().preferences][0]?.reasons;
    };
    expect(reasonsOf(vetoes)).toEqual(['a vetoed by r1 (no-secrets), r2']);
    expect(reasonsOf(vetoes.toReversed())).toEqual(['a vetoed by r1 (no-secrets), r2']);
  });
});
